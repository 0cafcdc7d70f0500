"""The parts of an agent that rides in a patrol car, joined: its lists, its alerts, its screen."""

from openanpr.capture.car_alerts import CarAlerts
from openanpr.capture.car_line import CarLine
from openanpr.capture.car_page import CarPage
from openanpr.capture.held_lists import HeldLists
from openanpr.capture.settings import AgentSettings, CarSettings, SettingsProblem, load_key
from openanpr.capture.spool import Spool


class InCar:
    """What a car has that a camera at the roadside has not."""

    def __init__(self, settings: AgentSettings, car: CarSettings, spool: Spool) -> None:
        """Open the sealed lists and the page's port; raises SettingsProblem."""
        self.lists = HeldLists(
            settings.path(car.lists),
            key=load_key(settings.path(settings.key_file)),
            reader=settings.reader,
        )
        self.alerts = CarAlerts(lists=self.lists, spool=spool)
        try:
            self.page = CarPage(port=car.page_port, alerts=self.alerts, lists=self.lists)
        except OSError as problem:
            raise SettingsProblem(
                f"the crew's page cannot be served at port {car.page_port}: {problem.strerror}; "
                "name another page_port"
            ) from None
        self.line = CarLine(
            lists=self.lists, alerts=self.alerts, spool=spool, every_s=car.sync_seconds
        )
