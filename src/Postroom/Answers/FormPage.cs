using Postroom.Faults;

namespace Postroom.Answers;

/// <summary>The form of an endpoint: made from its schema, shown for the first time or again with its faults.</summary>
internal sealed record FormPage
{
    /// <summary>The address of the script that finds proofs of work.</summary>
    public const string ProofScript = "/_postroom/proof.js";

    /// <summary>What the form is for.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is posted to.</summary>
    public required HtmlUrl Action { get; init; }

    /// <summary>The fields in the order of the schema.</summary>
    public required IReadOnlyList<FormField> Fields { get; init; }

    /// <summary>A sentence below the title; null for none.</summary>
    public string? Lead { get; init; }

    /// <summary>What was entered before.</summary>
    public FormValues Values { get; init; } = FormValues.None;

    /// <summary>Why the POST was refused; null when the form is shown for the first time.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The one-time token, submitted as <c>_token</c>; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The idempotency key, submitted as <c>_key</c>; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Hidden fields that came with what was entered before.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Carried { get; init; } = [];

    /// <summary>The name of the field that people never see; null for none.</summary>
    public string? Honeypot { get; init; }

    /// <summary>Whether the browser has to compute something before it sends.</summary>
    public bool AsksForProof { get; init; }

    /// <summary>What the button says.</summary>
    public string Submit { get; init; } = "Send";

    /// <summary>The language of its words (BCP 47).</summary>
    public string Language { get; init; } = "en";

    /// <summary>Writes the page.</summary>
    public void WriteTo(HtmlWriter html) => new HtmlPage
    {
        // A page that comes back with faults says so first, for those who hear it (WCAG technique G199).
        Title = Fault is null ? Title : $"Not sent: {Title}",
        Language = Language,
        Narrow = true,
        Main = Html.From(WriteMain),
    }.WriteTo(html);

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"<div><h1>{Title}</h1>");
        if (!string.IsNullOrEmpty(Lead))
        {
            html.Write($"<p class=\"lead\">{Lead}</p>");
        }

        html.Write($"</div>\n");
        var faults = new FormFaults(Fields, Fault?.Errors ?? []);
        if (Fault is not null)
        {
            WriteSummary(html, Fault, faults);
        }

        html.Write($"<form class=\"card\" method=\"post\" action=\"{Action}\" accept-charset=\"utf-8\"");
        html.Write($"{Html.When(HasFiles(Fields), " enctype=\"multipart/form-data\"")}>\n");
        WriteHiddenFields(html);
        var writer = new FormFieldWriter(html, Values, faults);
        foreach (var field in Fields)
        {
            writer.Write(field);
        }

        html.Write($"""
            <div class="actions"><button class="button" type="submit">{Submit}</button></div>
            {Html.From(WriteProof)}</form>
            """);
    }

    private void WriteProof(HtmlWriter html)
    {
        if (AsksForProof)
        {
            html.Write($"""
                <noscript>
                <p class="hint">This browser runs no scripts, so a person looks at the message first.</p>
                </noscript>
                <script type="module" src="{HtmlUrl.Of(ProofScript)}"></script>

                """);
        }
    }

    private static bool HasFiles(IEnumerable<FormField> fields) => fields.Any(
        field => field.Control is FormControl.File or FormControl.Files || HasFiles(field.Fields));

    private void WriteHiddenFields(HtmlWriter html)
    {
        if (Token is not null)
        {
            html.Write($"<input type=\"hidden\" name=\"_token\" value=\"{Token}\">\n");
        }

        if (Key is not null)
        {
            html.Write($"<input type=\"hidden\" name=\"_key\" value=\"{Key}\">\n");
        }

        foreach (var (name, value) in Carried)
        {
            html.Write($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n");
        }

        if (Honeypot is not null)
        {
            // Not display:none, which programs look for: out of sight, out of the tab order, out of the reading order.
            html.Write($"""
                <div class="visually-hidden" aria-hidden="true"><label for="{Honeypot}-trap">Leave this empty</label>
                <input id="{Honeypot}-trap" type="text" name="{Honeypot}" value="" tabindex="-1"
                autocomplete="off"></div>

                """);
        }
    }

    private static void WriteSummary(HtmlWriter html, Fault fault, FormFaults faults)
    {
        html.Write($"""
            <div class="faults" role="alert" aria-labelledby="faults-title">
            <h2 id="faults-title">{InlineCode.Of(fault.Message)}</h2>

            """);
        if (fault.Errors.Count > 0)
        {
            html.Write($"<ul>\n");
            foreach (var error in fault.Errors)
            {
                WriteLine(html, error, faults.FieldOf(error));
            }

            html.Write($"</ul>\n");
        }

        html.Write($"</div>\n");
    }

    private static void WriteLine(HtmlWriter html, FieldFault error, FormField? field)
    {
        if (field is null)
        {
            html.Write($"<li>{FormFaults.Sentence(FieldNames.HumanisePointer(error.Pointer), error.Message)}</li>\n");
            return;
        }

        var target = HtmlUrl.Of("#" + Uri.EscapeDataString(FormFieldWriter.FocusId(field)));
        html.Write($"<li><a href=\"{target}\">{FormFaults.Sentence(field, error.Message)}</a></li>\n");
    }
}
