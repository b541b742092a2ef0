namespace Postroom.Browser.Tests;

/// <summary>Pages that stand elsewhere and post to a Postroom.</summary>
internal static class ForeignPages
{
    /// <summary>A plain form, as any static site would carry it.</summary>
    public static string Form(string postroom) => $"""
        <!doctype html>
        <title>Elsewhere</title>
        <form method="post" action="{postroom}/api/contact">
          <input name="name" value="Ada">
          <input name="email" value="ada@example.com">
          <button type="submit">Send</button>
        </form>
        """;

    /// <summary>
    /// The client that tutorials of POST show: JSON by fetch, then the answer's message or else "Message sent!". Its
    /// last step is a function of its own, so that a test can send what no form would.
    /// </summary>
    public static string Tutorial(string postroom) => $$"""
        <!doctype html>
        <title>Tutorial</title>
        <form id="contactForm">
          <input name="name" value="Ada">
          <input name="email" value="ada@example.com">
          <textarea name="message">Hello</textarea>
          <button type="submit">Send</button>
        </form>
        <p id="response"></p>
        <script>
          const form = document.getElementById('contactForm');
          const shown = document.getElementById('response');
          async function send(path, options) {
            try {
              const response = await fetch('{{postroom}}' + path, options);
              const data = await response.json();
              shown.textContent = data.message || 'Message sent!';
            } catch (error) {
              shown.textContent = 'There was an error sending your message.';
            }
          }
          form.addEventListener('submit', (event) => {
            event.preventDefault();
            send('/api/contact', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify(Object.fromEntries(new FormData(form))),
            });
          });
        </script>
        """;

    /// <summary>Another page in a sandbox: its origin is the opaque <c>null</c>.</summary>
    public static string Sandboxed(string html) => $"""
        <!doctype html>
        <title>Sandbox</title>
        <iframe sandbox="allow-scripts allow-forms" width="600" height="400" srcdoc="{Escape(html)}"></iframe>
        """;

    private static string Escape(string html) =>
        html.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
