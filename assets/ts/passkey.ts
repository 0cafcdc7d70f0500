// Passkeys: a press asks the browser for one, and what it answers is sent with the form around the button.

type Bytes = ArrayBuffer;
type Asked = { publicKey: Record<string, unknown> };
type Named = { id: string; type: PublicKeyCredentialType };

const supported = window.isSecureContext && "PublicKeyCredential" in window;
if (supported) {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => void answer(form, event));
  }
  for (const words of document.querySelectorAll<HTMLElement>("[data-passkey-missing]")) words.hidden = true;
}

async function answer(form: HTMLFormElement, event: SubmitEvent): Promise<void> {
  const field = form.querySelector<HTMLInputElement>("[data-passkey-answer]");
  if (!field || field.value) return;
  event.preventDefault();
  try {
    const asked = await question(form);
    const making = form.dataset["passkey"] === "create";
    const given = await (making
      ? navigator.credentials.create({ publicKey: forMaking(asked) })
      : navigator.credentials.get({ publicKey: forUsing(asked) }));
    field.value = JSON.stringify(written(given as PublicKeyCredential));
    form.submit();
  } catch {
    say(form, "No passkey was used. Try again, or choose another way.");
  }
}

async function question(form: HTMLFormElement): Promise<Asked> {
  const ready = form.dataset["passkeyOptions"];
  if (ready) return JSON.parse(ready) as Asked;
  const said = await fetch(form.dataset["passkeyAsk"] ?? "", { headers: { Accept: "application/json" } });
  if (!said.ok) throw new Error("the question did not come");
  return ((await said.json()) as { request_options: Asked }).request_options;
}

function forMaking({ publicKey }: Asked): PublicKeyCredentialCreationOptions {
  const user = publicKey["user"] as Record<string, string>;
  return {
    ...publicKey,
    challenge: bytes(publicKey["challenge"] as string),
    user: { ...user, id: bytes(user["id"] ?? "") },
    excludeCredentials: listed(publicKey["excludeCredentials"]),
  } as PublicKeyCredentialCreationOptions;
}

function forUsing({ publicKey }: Asked): PublicKeyCredentialRequestOptions {
  return {
    ...publicKey,
    challenge: bytes(publicKey["challenge"] as string),
    allowCredentials: listed(publicKey["allowCredentials"]),
  } as PublicKeyCredentialRequestOptions;
}

function listed(many: unknown): PublicKeyCredentialDescriptor[] {
  return ((many as Named[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function written(given: PublicKeyCredential): object {
  const said = given.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    authenticatorAttachment: given.authenticatorAttachment,
    clientExtensionResults: given.getClientExtensionResults(),
    response: {
      clientDataJSON: text(said.clientDataJSON),
      attestationObject: text(said.attestationObject),
      authenticatorData: text(said.authenticatorData),
      signature: text(said.signature),
      userHandle: text(said.userHandle),
    },
  };
}

function say(form: HTMLFormElement, words: string): void {
  const problem = form.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!problem) return;
  problem.textContent = words;
  problem.hidden = false;
}

function bytes(base64url: string): Bytes {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function text(value: Bytes | null | undefined): string | undefined {
  if (!value) return undefined;
  const plain = String.fromCharCode(...new Uint8Array(value));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
