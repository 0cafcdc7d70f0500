// The part of govuk-frontend that our scripts use; the package has no types of its own.
declare module "govuk-frontend" {
  export function initAll(): void;
}
