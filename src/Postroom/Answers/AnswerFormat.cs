namespace Postroom.Answers;

/// <summary>The forms in which an answer can be had; those before are preferred where the caller has no wish.</summary>
internal enum AnswerFormat
{
    /// <summary>JSON: what callers get who wish for nothing, or for nothing that we have.</summary>
    Json,

    /// <summary>XML as <c>application/xml</c>.</summary>
    Xml,

    /// <summary>A page for people.</summary>
    Page,

    /// <summary>The same XML, for callers who know it as <c>text/xml</c> only.</summary>
    TextXml,
}
