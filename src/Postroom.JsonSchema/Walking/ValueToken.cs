namespace Postroom.JsonSchema.Walking;

/// <summary>A value that the walk has passed.</summary>
/// <param name="Type">Its JSON type; a number is <see cref="SchemaTypes.Number"/> whatever its digits.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The first byte behind it.</param>
/// <param name="Marked">A string that has escapes, or a number that has a fraction or an exponent.</param>
internal readonly record struct ValueToken(SchemaTypes Type, int Start, int End, bool Marked)
{
    public bool IsContainer => (Type & (SchemaTypes.Array | SchemaTypes.Object)) != 0;
}
