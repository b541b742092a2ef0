using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// Takes the document of a body value by value and bounds it: it may nest <c>limits.depth</c> levels and be as large as
/// a body may be. Beyond a limit it fails, takes nothing more, and the request is refused with the limit's name. Calls
/// that make no JSON are a bug of the caller and throw.
/// </summary>
public sealed class DocumentWriter : IDisposable
{
    private const int DepthMax = 64;
    private readonly JsonOutput _output;
    private readonly int _depthMax;
    private readonly long _bytesMax;
    private ulong _objects;
    private int _depth;
    private bool _isFirst = true;
    private bool _hasName;
    private bool _isDone;

    internal DocumentWriter(int sizeHint, int depthMax, long bytesMax)
    {
        _output = new JsonOutput(sizeHint);
        _depthMax = Math.Min(depthMax, DepthMax);
        _bytesMax = bytesMax;
    }

    /// <summary>True once a limit was hit: nothing more is taken.</summary>
    public bool Failed => Fault is not null;

    /// <summary>The refusal of the limit that was hit.</summary>
    internal Fault? Fault { get; private set; }

    /// <summary>Set by a format that vouches for its names and texts: none twice in an object, all UTF-8.</summary>
    internal bool IsJson { get; set; }

    /// <summary>Set by a format that has applied the rules of a form itself: nothing in it is to be changed.</summary>
    internal bool IsForm { get; set; }

    /// <summary>True when one whole value was written.</summary>
    internal bool IsComplete => _isDone && _depth == 0;

    /// <summary>Begins an object.</summary>
    public void StartObject() => Start((byte)'{', isObject: true);

    /// <summary>Ends the object that was begun last.</summary>
    public void EndObject() => End((byte)'}', isObject: true);

    /// <summary>Begins an array.</summary>
    public void StartArray() => Start((byte)'[', isObject: false);

    /// <summary>Ends the array that was begun last.</summary>
    public void EndArray() => End((byte)']', isObject: false);

    /// <summary>Names the next value of an object; a name must not come twice in it.</summary>
    /// <param name="name">UTF-8.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        if (Failed)
        {
            return;
        }

        Demand(InObject && !_hasName, "A name stands in an object, before its value.");
        Separate();
        _output.String(name);
        _output.Byte((byte)':');
        _hasName = true;
        Bound();
    }

    /// <summary>Writes a text.</summary>
    /// <param name="text">UTF-8.</param>
    public void String(ReadOnlySpan<byte> text)
    {
        if (Begin())
        {
            _output.String(text);
            Finish();
        }
    }

    /// <summary>Writes a number as it stands: JSON's grammar (RFC 8259 §6), any precision.</summary>
    /// <exception cref="ArgumentException">It is no number of JSON.</exception>
    public void Number(ReadOnlySpan<byte> number)
    {
        if (!JsonNumbers.IsNumber(number))
        {
            throw new ArgumentException("This is no number of JSON.", nameof(number));
        }

        Raw(number);
    }

    /// <summary>Writes true or false.</summary>
    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>Writes null.</summary>
    public void Null() => Raw("null"u8);

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    /// <summary>Writes a value that is known to be JSON.</summary>
    internal void Raw(ReadOnlySpan<byte> json)
    {
        if (Begin())
        {
            _output.Raw(json);
            Finish();
        }
    }

    /// <summary>Writes a member of an object whose text becomes what the schema wants.</summary>
    /// <param name="name">The name as JSON, a colon behind it.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="shape">What the schema wants.</param>
    internal void Member(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, FormShape shape)
    {
        if (!Failed)
        {
            Demand(InObject && !_hasName, "A name stands in an object, before its value.");
            Separate();
            _output.Raw(name);
            FormTextWriter.Write(_output, text, shape);
            Finish();
        }
    }

    internal byte[] ToArray() => _output.ToArray();

    private bool InObject => _depth > 0 && ((_objects >> (_depth - 1)) & 1) != 0;

    private void Start(byte bracket, bool isObject)
    {
        if (!Begin())
        {
            return;
        }

        if (_depth == _depthMax)
        {
            Fault = ParsingFaults.TooDeep(_depthMax);
            return;
        }

        _output.Byte(bracket);
        _objects = isObject ? _objects | (1UL << _depth) : _objects & ~(1UL << _depth);
        _depth++;
        _isFirst = true;
        _isDone = false;
    }

    private void End(byte bracket, bool isObject)
    {
        if (Failed)
        {
            return;
        }

        Demand(_depth > 0 && InObject == isObject && !_hasName, "What ends here was not begun.");
        _output.Byte(bracket);
        _depth--;
        Finish();
    }

    private bool Begin()
    {
        if (Failed)
        {
            return false;
        }

        Demand(_depth == 0 ? !_isDone : _hasName || !InObject, "A value of an object needs a name.");
        if (!_hasName)
        {
            Separate();
        }

        _hasName = false;
        return true;
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            _output.Byte((byte)',');
        }

        _isFirst = false;
    }

    private void Finish()
    {
        _isFirst = false;
        _isDone = true;
        Bound();
    }

    private void Bound()
    {
        if (_output.Length > _bytesMax)
        {
            Fault = ParsingFaults.DocumentTooLarge(_bytesMax);
        }
    }

    private static void Demand(bool isTrue, string message)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException(message);
        }
    }
}
