using System.Globalization;
using System.Text;
using Postroom.Declarations;

namespace Postroom.Tests.Declarations;

/// <summary>The result of a load as text: the faults, or every value of the declaration.</summary>
internal static class DeclarationWords
{
    public static string Of(DeclarationResult result, string folder)
    {
        var words = new StringBuilder();
        foreach (var fault in result.Faults)
        {
            words.Append(Relative(fault.ToString(), folder)).Append('\n');
        }

        if (result.Declaration is { } declaration)
        {
            Write(words, declaration, folder);
        }

        return words.ToString();
    }

    private static string Relative(string text, string folder) =>
        text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(folder, ".", StringComparison.Ordinal);

    private static void Write(StringBuilder words, PostroomDeclaration declaration, string folder)
    {
        Line(words, "url", declaration.Url?.ToString());
        Line(words, "listen", string.Join(' ', declaration.Listen));
        Line(words, "tls", declaration.Tls is null ? null : Relative(declaration.Tls.ToString(), folder));
        Line(words, "data", Relative(declaration.Data, folder));
        Line(words, "postgres", declaration.Store.Postgres);
        Line(words, "site", declaration.Site is null ? null : Relative(declaration.Site, folder));
        Line(words, "origins", string.Join(' ', declaration.Origins));
        Line(words, "proxies", string.Join(' ', declaration.Proxies));
        Line(words, "storage", declaration.StorageBytesMax?.ToString(CultureInfo.InvariantCulture));
        Line(words, "limits", declaration.Limits == new ServerLimitsDeclaration() ? null : declaration.Limits.ToString());
        Line(words, "openapi", declaration.OpenApi == new OpenApiDeclaration() ? null : declaration.OpenApi.ToString());
        foreach (var endpoint in declaration.Endpoints)
        {
            Write(words, endpoint);
        }
    }

    private static void Write(StringBuilder words, EndpointDeclaration endpoint)
    {
        words.Append(endpoint.Path).Append(' ').Append(endpoint.Kind).Append('\n');
        Line(words, "  schema", Encoding.UTF8.GetString((endpoint.Schema ?? default).Span).ReplaceLineEndings(" "));
        Line(words, "  created", endpoint.Respond.Created);
        Line(words, "  required", endpoint.Respond.Required);
        Line(words, "  closed", endpoint.Respond.Closed);
        Line(words, "  from", endpoint.Opening.From?.ToString("u", CultureInfo.InvariantCulture));
        Line(words, "  until", endpoint.Opening.Until?.ToString("u", CultureInfo.InvariantCulture));
        foreach (var hours in endpoint.Opening.Hours)
        {
            Line(words, "  hours", $"{string.Join(' ', hours.Days)} {hours.From} {hours.Until} {endpoint.Opening.Zone.Id}");
        }

        foreach (var unique in endpoint.Unique)
        {
            Line(words, "  unique", string.Join(", ", unique.Fields));
        }

        Line(words, "  quota", endpoint.Quota?.ToString());
        Line(words, "  redirect", endpoint.Redirect);
        Line(words, "  compatible", endpoint.Compatible?.ToString());
        Line(words, "  access", endpoint.Access);
        if (!endpoint.Formats.SequenceEqual(BodyFormatNames.Default))
        {
            Line(words, "  formats", string.Join(' ', endpoint.Formats));
        }

        Line(words, "  namespaces", string.Join(' ', endpoint.XmlNamespaces));
        Line(words, "  limits", endpoint.Limits.ToString());
        Line(words, "  idempotency", endpoint.Idempotency.ToString());
        Line(words, "  honeypot", string.Join(' ', endpoint.Spam.Honeypot));
        Line(words, "  minimumFillTime", endpoint.Spam.MinimumFillTime.ToString());
        Line(words, "  links", endpoint.Spam.Links?.ToString(CultureInfo.InvariantCulture));
        Line(words, "  words", string.Join(", ", endpoint.Spam.Words));
        Line(words, "  blockedEmails", string.Join(' ', endpoint.Spam.BlockedEmails));
        Line(words, "  markup", endpoint.Spam.Markup ? "on" : null);
        Line(words, "  identicalFields", endpoint.Spam.IdenticalFields ? "on" : null);
        Line(words, "  proofOfWork", endpoint.Spam.ProofOfWork?.ToString());
        Line(words, "  origins", string.Join(' ', endpoint.Origins));
        Line(words, "  person", endpoint.Person is null ? null : string.Join(' ', endpoint.Person));
        Line(words, "  retention", endpoint.Retention?.ToString());
        Line(words, "  quarantine", endpoint.Quarantine == TimeSpan.Zero ? null : endpoint.Quarantine.ToString());
    }

    private static void Line(StringBuilder words, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            words.Append(key).Append(": ").Append(value).Append('\n');
        }
    }
}
