namespace Postroom.JsonSchema.Text;

/// <summary>Goes through the members of an object, or the items of an array, that is known to be well-formed.</summary>
internal ref struct MemberReader(ReadOnlySpan<byte> container)
{
    private readonly ReadOnlySpan<byte> _container = container;
    private int _position = 1;

    /// <summary>The content of the name between its quotes; empty for an item.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value => _container[ValueStart.._position];

    /// <summary>Where the value begins in the container.</summary>
    public int ValueStart { get; private set; }

    public bool Next()
    {
        int position = VerifiedJson.SkipSpace(_container, _position);
        if (_container[position] == (byte)',')
        {
            position = VerifiedJson.SkipSpace(_container, position + 1);
        }

        if (position == _container.Length - 1)
        {
            return false;
        }

        if (_container[0] == (byte)'{')
        {
            int end = VerifiedJson.StringEnd(_container, position);
            Name = _container[(position + 1)..(end - 1)];
            position = VerifiedJson.SkipSpace(_container, VerifiedJson.SkipSpace(_container, end) + 1);
        }

        ValueStart = position;
        _position = VerifiedJson.ValueEnd(_container, position);
        return true;
    }
}
