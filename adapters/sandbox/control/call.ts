/** One request to the control plane, and its answer; a refusal is an Error with its sentence. */
export async function callControl<T>(url: string, method: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(`sandbox: ${answer.error ?? response.statusText}`);
  return answer;
}
