namespace Postroom.JsonSchema;

/// <summary>Why a text is not acceptable JSON (RFC 8259), and where.</summary>
/// <param name="Code">A stable code of <see cref="MalformationCodes"/>.</param>
/// <param name="Offset">Bytes before the fault, from 0.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in code points, from 1.</param>
/// <param name="Message">The reason in plain words.</param>
public sealed record Malformation(string Code, int Offset, int Line, int Column, string Message);
