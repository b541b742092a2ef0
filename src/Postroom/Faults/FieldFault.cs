namespace Postroom.Faults;

/// <summary>One fault of the submitted document.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) of the faulty value, or of the missing one.</param>
/// <param name="Code">A stable name such as <c>required</c> or <c>too-long</c>.</param>
/// <param name="Message">A sentence's end in plain words: "must be at most 200 characters; it has 245".</param>
public sealed record FieldFault(string Pointer, string Code, string Message);
