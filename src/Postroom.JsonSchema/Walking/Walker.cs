using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Postroom.JsonSchema.Model;

namespace Postroom.JsonSchema.Walking;

/// <summary>
/// Goes over a document once and judges it by its schema on the way. What a schema asks of the same value a second
/// time (allOf, anyOf, …) goes over that value's bytes again, by then known to be well-formed.
/// Methods that return false have met bytes that are not acceptable JSON, or know the verdict that they were asked for;
/// faults of the schema only add to the score.
/// </summary>
internal ref partial struct Walker
{
    private const int StackLevels = 8;

    private readonly ReadOnlySpan<byte> _json;
    private readonly WalkScratch _scratch;
    private readonly int _depthMax;
    private readonly int _faultsMax;
    private int _position;
    private int _depth;

    /// <summary>The bytes ahead were walked before.</summary>
    private bool _verified;

    private WalkPurpose _purpose;

    /// <summary>The value in work is judged for the sake of a schema that asks what others evaluated of it.</summary>
    private bool _tracking;

    /// <summary>The outermost schema with words of its own that gave the value in work on to others.</summary>
    private SchemaNode? _speaker;

    /// <summary>The schema whose lead has judged the value in work already.</summary>
    private SchemaNode? _led;

    /// <summary>A property's name is judged, not a value.</summary>
    private bool _naming;

    /// <summary>How far the value is from valid; 0 is valid.</summary>
    private long _score;

    /// <summary>The depth of the value whose alternatives are being compared.</summary>
    private int _scoreDepth;

    public Walker(ReadOnlySpan<byte> json, WalkScratch scratch, int depthMax, int faultsMax)
    {
        _json = json;
        _scratch = scratch;
        _depthMax = depthMax;
        _faultsMax = faultsMax;
        _purpose = WalkPurpose.Faults;
    }

    /// <summary>Nothing that follows can change what was asked for.</summary>
    private readonly bool IsDecided => _purpose == WalkPurpose.Verdict && _score > 0;

    /// <summary>The code of the malformation, null while there is none.</summary>
    public string? MalformedCode { get; private set; }

    public string MalformedMessage { get; private set; } = "";

    public int MalformedOffset { get; private set; }

    public JsonVerdict Walk(SchemaNode root)
    {
        if (!WalkDocument(root) || MalformedCode is not null)
        {
            return JsonVerdict.Malformed;
        }

        return _score == 0 ? JsonVerdict.Valid : JsonVerdict.Invalid;
    }

    private bool WalkDocument(SchemaNode root)
    {
        // RFC 8259 section 8.1: UTF-8, and no byte order mark.
        if (_json.StartsWith("\uFEFF"u8))
        {
            return Malformed(MalformationCodes.ByteOrderMark, 0, "the text begins with a byte order mark");
        }

        if (!Utf8.IsValid(_json))
        {
            return Malformed(MalformationCodes.Encoding, FirstInvalid(_json), "the text is not UTF-8");
        }

        SkipSpace();
        if (_position == _json.Length)
        {
            return Malformed(MalformationCodes.Empty, _position, "there is no JSON");
        }

        if (!WalkValue(root))
        {
            return false;
        }

        SkipSpace();
        return _position == _json.Length
            || Malformed(MalformationCodes.TrailingData, _position, "something follows the end of the JSON");
    }

    private bool WalkValue(SchemaNode node)
    {
        if ((uint)_position >= (uint)_json.Length)
        {
            return Unexpected("a value");
        }

        switch (_json[_position])
        {
            case (byte)'"':
                return WalkString(node);
            case (byte)'{':
                return WalkObject(node);
            case (byte)'[':
                return WalkArray(node);
            case (byte)'t':
                return WalkLiteral(node, "true"u8, SchemaTypes.Boolean);
            case (byte)'f':
                return WalkLiteral(node, "false"u8, SchemaTypes.Boolean);
            case (byte)'n':
                return WalkLiteral(node, "null"u8, SchemaTypes.Null);
            default:
                return WalkNumber(node);
        }
    }

    private bool EnterContainer()
    {
        // The depth limit keeps the stack small. Where a caller sets a high one on a small stack, the measure of what
        // is left, taken every few levels, ends the walk in time.
        if (_depth >= _depthMax || (_depth % StackLevels == StackLevels - 1 && !HasStack()))
        {
            return TooDeep();
        }

        _depth++;
        return true;
    }

    private static bool HasStack() => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    private bool TooDeep() => Malformed(
        MalformationCodes.TooDeep, _position, $"arrays and objects nest deeper than {_depthMax} levels");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if ((uint)_position < (uint)_json.Length && _json[_position] > (byte)' ')
        {
            return;
        }

        SkipLongSpace();
    }

    private void SkipLongSpace()
    {
        // RFC 8259 section 2: space, tab, line feed, carriage return.
        ReadOnlySpan<byte> json = _json;
        int position = _position;
        while ((uint)position < (uint)json.Length
            && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        _position = position;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Malformed(string code, int offset, string message)
    {
        (MalformedCode, MalformedOffset, MalformedMessage) = (code, offset, message);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Unexpected(string expected)
    {
        string found = _position >= _json.Length ? "the end" : Show(_json[_position]);
        return Malformed(MalformationCodes.Syntax, _position, $"expected {expected}, found {found}");
    }

    private static string Show(byte unit) =>
        unit is > (byte)' ' and < 0x7F ? $"'{(char)unit}'" : $"byte 0x{unit:X2}";

    private static int FirstInvalid(ReadOnlySpan<byte> json)
    {
        int position = 0;
        while (System.Text.Rune.DecodeFromUtf8(json[position..], out _, out int length)
            == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }
}
