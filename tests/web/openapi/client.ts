// What somebody writes who has the types that openapi-typescript makes of the description, and nothing else.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2]! });
const said: Record<string, unknown> = {};

const message = { name: "Ada", email: "ada@example.com", message: "Hello" };
const header = { "Idempotency-Key": "a-key-of-the-typed-client" };
const created = await client.POST("/api/contact", { body: message, params: { header } });
if (created.data) {
  const id: string = created.data.id;
  said["created"] = [created.response.status, created.data.message, id.length];
}

const repeated = await client.POST("/api/contact", { body: message, params: { header } });
said["repeated"] = [repeated.data?.id === created.data?.id, repeated.response.headers.get("Idempotency-Status")];

const refused = await client.POST("/api/contact", { body: { name: "", email: "ada" } });
if (refused.error?.status === 400) {
  const codes = refused.error.errors?.map((fault) => `${fault.pointer} ${fault.code}`);
  said["refused"] = [refused.error.code satisfies "validation-failed" | string, codes];
}

const reused = await client.POST("/api/contact", { body: { ...message, name: "Bob" }, params: { header } });
if (reused.error?.status === 422) {
  const code: "idempotency-key-reused" = reused.error.code;
  said["reused"] = [code, reused.error.retry.key];
}

const user = await client.POST("/api/users", { body: { email: "ada@example.com", name: "Ada" } });
if (user.data) {
  const { id, version } = user.data;
  said["user"] = [user.response.status, version, user.data.name];
  const path = { id };
  const patched = await client.PATCH("/api/users/{id}", {
    body: { name: "Countess" },
    params: { path, header: { "If-Match": user.response.headers.get("ETag")! } },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
  said["patched"] = [patched.data?.version, patched.data?.name];
  const late = await client.PATCH("/api/users/{id}", {
    body: { name: "Lady" },
    params: { path, header: { "If-Match": '"1"' } },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
  said["late"] = late.error?.status === 412 && (late.error.code satisfies "precondition-failed" | "idempotency-key-expired");
  const list = await client.GET("/api/users", { params: { query: { limit: 10 } } });
  said["list"] = [list.data?.items.map((each) => each.email), list.data?.next];
  const taken = await client.POST("/api/users", { body: { email: "ADA@example.com" } });
  said["taken"] = taken.error?.status === 409 && [taken.error.code, taken.error.existing?.id === id];
  const gone = await client.DELETE("/api/users/{id}", { params: { path } });
  const missing = await client.GET("/api/users/{id}", { params: { path } });
  said["gone"] = [gone.response.status, missing.error?.status];
}

// @ts-expect-error: a field of the wrong type of a record
void (() => client.POST("/api/users", { body: { email: 7 } }));
// @ts-expect-error: a field of the wrong type
void (() => client.POST("/api/contact", { body: { name: 7, email: "ada@example.com" } }));
// @ts-expect-error: a field is missing
void (() => client.POST("/api/contact", { body: { name: "Ada" } }));
// @ts-expect-error: no such endpoint
void (() => client.POST("/api/nowhere", { body: {} }));

console.log(JSON.stringify(said));
