namespace Postroom.Tests.Hosting;

/// <summary>One text that means something to every place where it may come out: markup, formulas, SQL, terminals.</summary>
internal static class Canary
{
    public const string Text = "\"'<script>alert(1)</script>&amp;{{name}}=cmd()'; DROP TABLE entries;--../..%0d%0aX: y"
        + "\u001b[31m\u2028\u202egnp\u2066\u05d0\U0001F600\u0085\\";

    /// <summary>The same as a file's name of multipart: what ends the quotes or the line is escaped (HTML §4.10.21.8).</summary>
    public static string FileName { get; } = Text.Replace("\"", "%22", StringComparison.Ordinal) + ".txt";
}
