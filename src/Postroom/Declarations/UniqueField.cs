namespace Postroom.Declarations;

/// <summary>A field of a <see cref="UniqueDeclaration"/>.</summary>
/// <param name="Pointer">The JSON Pointer (RFC 6901) of the field, such as <c>/email</c>.</param>
/// <param name="IgnoreCase">
/// Whether <c>A</c> and <c>a</c> (ASCII only) are one value; null for yes where the schema says
/// <c>format: email</c>, else no.
/// </param>
public sealed record UniqueField(string Pointer, bool? IgnoreCase = null);
