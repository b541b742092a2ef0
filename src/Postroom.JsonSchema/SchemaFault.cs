namespace Postroom.JsonSchema;

/// <summary>One way in which a document departs from its schema.</summary>
/// <param name="Pointer">RFC 6901 pointer of the value at fault; "" is the whole document.
/// For a missing property it is the place where the property should be.</param>
/// <param name="SchemaPointer">RFC 6901 pointer of the keyword that refused, in the schema text.</param>
/// <param name="Keyword">The keyword that refused, such as <c>maxLength</c>; "" for the schema <c>false</c>.</param>
/// <param name="Code">A stable kebab-case code of <see cref="FaultCodes"/>, such as <c>too-long</c>.</param>
/// <param name="Message">The reason in plain words with the values, as a continuation of the field's name:
/// "must be at most 200 characters; it has 245".</param>
public sealed record SchemaFault(string Pointer, string SchemaPointer, string Keyword, string Code, string Message);
