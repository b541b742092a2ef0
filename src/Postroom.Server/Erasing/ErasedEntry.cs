namespace Postroom.Server.Erasing;

/// <summary>An entry of the person's: nothing of what it holds.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="State">Where it stands, in lower case.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="By">
/// By what it was found: <c>field</c>, <c>sender</c>, <c>control</c> (a field such as <c>_replyto</c>) or <c>body</c>
/// (of a POST that was refused and is kept).
/// </param>
internal sealed record ErasedEntry(string Id, string Endpoint, string State, int Files, string By);
