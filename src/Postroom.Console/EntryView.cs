using System.Globalization;
using System.Text;
using Postroom.Answers;
using Postroom.Identity;
using Postroom.Storage;

namespace Postroom.Inbox;

/// <summary>One entry as a page: what came, how it came, what was answered, what follows.</summary>
internal sealed record EntryView
{
    private const int RawMaximum = 64 * 1024;

    public required ConsoleSession Session { get; init; }

    public required Entry Entry { get; init; }

    public required IReadOnlyList<Job> Jobs { get; init; }

    public required PostTrace? Trace { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The address of the record that it speaks of; null when it speaks of none.</summary>
    public string? Record { get; init; }

    /// <summary>How often the same refused bytes came.</summary>
    public long TimesCame { get; init; } = 1;

    public Html Notice { get; init; }

    public HtmlPage Page() => ConsoleFrame.Around(Session, ConsolePaths.Inbox, $"Entry of {Entry.Endpoint}", WriteMain);

    private void WriteMain(HtmlWriter html)
    {
        html.Write($"""
            <div class="heading"><h1><bdi>{DocumentSummary.Of(Entry.Document).Lead}</bdi></h1>
            <p>{Words.Badge(Entry.State)} <span>{Entry.Endpoint}</span>
            <span class="soft">{HtmlTime.Exact(Entry.ReceivedAt)}</span></p></div>
            <p class="receipt"><span>Entry</span><code>{Entry.Id}</code></p>
            {Notice}
            """);
        WriteReason(html);
        html.Write($"<div class=\"split\">\n<div class=\"stack\">");
        WriteDocument(html);
        WriteFiles(html);
        new KeptBodyCard(Entry, TimesCame).WriteTo(html);
        WriteJobs(html);
        html.Write($"</div>\n<div class=\"rack\">\n");
        WriteOrigin(html);
        html.Write($"<section><h2 class=\"plate\">Stages</h2>{StageBars.Of(Trace)}</section>\n");
        WriteAnswer(html);
        html.Write($"</div></div>");
    }

    private void WriteReason(HtmlWriter html)
    {
        if (RefusedReason.IsOf(Entry))
        {
            html.Write($"""
                <div class="notice refused"><strong>{Words.Reason(Entry.Reason)}</strong>
                <p>Its sender was told so. When the rule has changed, run it again: the rules of now judge it, and
                what follows from it runs once.</p>
                {ConsoleFrame.Button(Session, ConsolePaths.Entry(Entry.Id, "run"), "Run again")}</div>

                """);
        }
        else if (Entry.State is EntryState.Held)
        {
            html.Write($"""
                <div class="notice held"><strong>Held: {Words.Reason(Entry.Reason)}</strong>
                {Evidence()}<p>{Repeats()}{Release()}</p>
                {ConsoleFrame.Button(Session, ConsolePaths.Entry(Entry.Id, "release"), "Release")}</div>

                """);
        }
        else if (Entry.State is EntryState.Refused)
        {
            html.Write($"""
                <div class="notice refused"><strong>Refused: {Words.Reason(Entry.Reason)}</strong>
                <p>The endpoint's own rules said no. The answer is kept for the key.</p></div>

                """);
        }
    }

    /// <summary>What each rule saw; the words of the first one stand above already.</summary>
    private Html Evidence() => Html.From(html =>
    {
        if (Entry.Evidence is null)
        {
            return;
        }

        html.Write($"<ul>\n");
        foreach (var line in Entry.Evidence.Split('\n'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var (code, seen) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 2)..]);
            var rule = code == Entry.Reason ? "" : $"{Words.Reason(code)}: ";
            html.Write($"<li>{rule}<bdi>{seen}</bdi></li>\n");
        }

        html.Write($"</ul>\n");
    });

    private Html Release() => Entry.Reason == Words.Marked
        ? Html.Constant("Releasing stores it again; what followed from it does not run a second time.")
        : Html.Constant("Releasing stores it, and what follows from it runs.");

    private Html Mark() => Html.From(html =>
    {
        if (Entry.State == EntryState.Stored)
        {
            var path = ConsolePaths.Entry(Entry.Id, "mark");
            html.Write($"{ConsoleFrame.Button(Session, path, "Mark as spam", quiet: true)}");
        }
    });

    private Html Repeats() => Html.From(html =>
    {
        if (!Entry.RepeatOf.IsEmpty)
        {
            html.Write($"It repeats <a href=\"{ConsolePaths.Entry(Entry.RepeatOf)}\">this entry</a>. ");
        }
    });

    private void WriteDocument(HtmlWriter html)
    {
        var raw = Entry.Document.Span;
        var cut = raw.Length > RawMaximum;
        var text = Encoding.UTF8.GetString(cut ? raw[..RawMaximum] : raw);
        html.Write($"""
            <section class="card"><h2 class="plate">What came</h2>
            {RecordFact()}{DocumentFacts.Of(Entry.Document)}
            {Control()}<details><summary>As it was stored ({Words.Size(raw.Length)})</summary>
            <pre class="code" dir="ltr" tabindex="0"><code>{text}{Html.When(cut, "…")}</code></pre></details>
            <div class="actions">
            <a class="button quiet" href="{ConsolePaths.Entry(Entry.Id, "document")}">Save as JSON</a>
            {Mark()}<a class="button danger" href="{ConsolePaths.Entry(Entry.Id, "delete")}">Delete…</a></div>
            </section>

            """);
    }

    private Html RecordFact() => Html.From(html =>
    {
        if (Record is { } address)
        {
            html.Write($"<p>What was done to the record <a href=\"{HtmlUrl.Of(address)}\">{address}</a>.</p>\n");
        }
    });

    private void WriteFiles(HtmlWriter html)
    {
        if (Entry.Files.Count == 0)
        {
            return;
        }

        html.Write($"<section class=\"card\"><h2 class=\"plate\">Files</h2>\n<ul class=\"files\">\n");
        foreach (var file in Entry.Files)
        {
            html.Write($"""
                <li><p><a href="{ConsolePaths.File(Entry.Id, file.Id)}" download><bdi>{file.Name}</bdi></a></p>
                <p class="soft">{Words.Size(file.Size)}, {file.MediaType}, in <code>{file.Field}</code></p>
                <p class="soft digest">SHA-256 <code>{file.Digest}</code></p></li>

                """);
        }

        html.Write($"</ul></section>\n");
    }

    /// <summary>What the form said to the server and not to the reader.</summary>
    private Html Control() => Html.From(html =>
    {
        if (!Entry.Control.IsEmpty)
        {
            html.Write($"<h3 class=\"plate\">Beside the message</h3>\n{DocumentFacts.Of(Entry.Control)}\n");
        }
    });

    private void WriteOrigin(HtmlWriter html)
    {
        html.Write($"<section><h2 class=\"plate\">How it came</h2>\n<dl class=\"facts\">\n");
        Fact(html, "Media type", Entry.MediaType);
        Fact(html, "From the page", Entry.Origin);
        Fact(html, "Address", Entry.Address);
        Fact(html, "Sent by", Entry.Owner ?? "Somebody who is not signed in");
        Fact(html, "Program", Entry.Agent);
        if (Entry.Key.IsEmpty)
        {
            Fact(html, "Key", "None: a repeat cannot be told from a new one");
        }
        else
        {
            html.Write($"<div><dt>Key</dt><dd>Kept until {HtmlTime.Exact(Entry.ExpiresAt)}</dd></div>\n");
        }

        html.Write($"</dl></section>\n");
    }

    private void WriteAnswer(HtmlWriter html)
    {
        html.Write($"<section><h2 class=\"plate\">What was answered</h2>\n");
        if (Entry.Answer is not { } answer)
        {
            html.Write($"<p class=\"soft\">The answer was cleared when its key expired.</p></section>\n");
            return;
        }

        html.Write($"<dl class=\"facts\"><div><dt>Status</dt><dd>{answer.Status}</dd></div>\n");
        Fact(html, "A page goes to", answer.Redirect);
        Fact(html, "Location", answer.Location);
        var body = Encoding.UTF8.GetString(answer.Body.Span);
        html.Write($"</dl><pre class=\"code\" dir=\"ltr\" tabindex=\"0\"><code>{body}</code></pre></section>\n");
    }

    private void WriteJobs(HtmlWriter html)
    {
        html.Write($"<section class=\"card\"><h2 class=\"plate\">What follows</h2>\n");
        if (Jobs.Count == 0)
        {
            html.Write($"<p class=\"soft\">Nothing follows from this entry.</p></section>\n");
            return;
        }

        html.Write($"<ol class=\"work\">\n");
        foreach (var job in Jobs)
        {
            html.Write($"""
                <li><p><span><bdi>{job.Name}</bdi></span> {Words.Badge(job.State)}</p>
                <p class="soft">{Attempts(job.Attempts)}{NextRun(job)}.</p>{LastError(job)}</li>

                """);
        }

        html.Write($"</ol></section>\n");
    }

    private static string Attempts(int attempts) => attempts switch
    {
        0 => "Not tried yet",
        1 => "Tried once",
        _ => string.Create(CultureInfo.InvariantCulture, $"Tried {attempts} times"),
    };

    private static Html NextRun(Job job) => Html.From(html =>
    {
        if (job.State == JobState.Ready)
        {
            html.Write($", next at {HtmlTime.Exact(job.RunAt)}");
        }
    });

    private static Html LastError(Job job) => Html.From(html =>
    {
        if (job.Error is not null)
        {
            html.Write($"<p class=\"fault\"><bdi>{job.Error}</bdi></p>");
        }
    });

    private static void Fact(HtmlWriter html, string term, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Write($"<div><dt>{term}</dt><dd dir=\"auto\">{value}</dd></div>\n");
        }
    }
}
