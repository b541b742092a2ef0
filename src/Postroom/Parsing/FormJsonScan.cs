using System.Buffers;
using System.Runtime.CompilerServices;
using Postroom.Faults;

namespace Postroom.Parsing;

/// <summary>
/// One quick look over a form's JSON before anything is read: most pages send what needs no change, and that is told
/// without decoding, copying or allocating. The answer holds for well-formed text; for any other it is safe, since
/// the walk over the schema refuses that text afterwards.
/// </summary>
internal ref struct FormJsonScan
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",}] \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _json;
    private readonly FormRules _rules;
    private readonly bool _seesShapes;
    private ShapeStack _shapes;
    private FormShape _shape;
    private ulong _objects;
    private int _depth;
    private int _commas;
    private int _length;
    private bool _nameNext;
    private bool _needsRewrite;
    private Fault? _fault;

    private FormJsonScan(ReadOnlySpan<byte> json, FormRules rules)
    {
        _json = json;
        _rules = rules;
        _seesShapes = !rules.Shape.IsPlain;
        _shape = rules.Shape;
    }

    /// <param name="json">An object, and whatever stands behind it.</param>
    /// <param name="rules">Those of a form.</param>
    /// <param name="fault">The refusal.</param>
    /// <param name="length">
    /// The bytes up to the bracket that closes the object, if its kind is right; 0 when nothing closes it.
    /// </param>
    public static FormJsonVerdict Scan(
        ReadOnlySpan<byte> json, FormRules rules, out Fault? fault, out int length)
    {
        FormJsonScan scan = new(json, rules);
        FormJsonVerdict verdict = scan.Run();
        fault = scan._fault;
        length = scan._length;
        return verdict;
    }

    private FormJsonVerdict Run()
    {
        int start = _json.IndexOfAnyExcept(WhiteSpace);
        if (start < 0 || _json[start] != '{')
        {
            return FormJsonVerdict.NotAnObject;
        }

        int position = start;
        while (position < _json.Length)
        {
            byte current = _json[position];
            if (current == '"')
            {
                position = ScanString(position + 1);
                if (_fault is not null || position < 0)
                {
                    return _fault is null ? FormJsonVerdict.Keep : FormJsonVerdict.Refused;
                }
            }
            else if (current <= ' ' || current == ':')
            {
                position++;
            }
            else if (!IsStructural(current))
            {
                position = ScanScalar(position);
            }
            else if (!Structure(current))
            {
                _length = position + 1;
                return _fault is null ? Conclude() : FormJsonVerdict.Refused;
            }
            else
            {
                position++;
            }
        }

        return Conclude();
    }

    private static bool IsStructural(byte current) =>
        current is (byte)',' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']';

    /// <summary>
    /// A document of n values, empty arrays and objects counted as one, has n - 1 commas, however it nests.
    /// </summary>
    private FormJsonVerdict Conclude()
    {
        if (_commas >= _rules.Limits.Fields)
        {
            _fault = ParsingFaults.TooManyFields(_rules.Limits.Fields);
            return FormJsonVerdict.Refused;
        }

        return _needsRewrite ? FormJsonVerdict.Rewrite : FormJsonVerdict.Keep;
    }

    /// <summary>Takes a bracket or a comma; false at the end of the document or at a refusal.</summary>
    private bool Structure(byte current)
    {
        switch (current)
        {
            case (byte)',':
                _commas++;
                _nameNext = InObject;
                return true;
            case (byte)'{':
            case (byte)'[':
                return Open(isObject: current == '{');
            default:
                _depth--;
                _nameNext = false;
                return _depth > 0;
        }
    }

    private readonly bool InObject => _depth > 0 && ((_objects >> (_depth - 1)) & 1) != 0;

    private bool Open(bool isObject)
    {
        if (_depth >= _rules.Limits.Depth || _depth >= ShapeStack.Length)
        {
            _fault = ParsingFaults.TooDeep(_rules.Limits.Depth);
            return false;
        }

        if (_seesShapes)
        {
            _shapes[_depth] = Current();
        }

        _objects = isObject ? _objects | (1UL << _depth) : _objects & ~(1UL << _depth);
        _depth++;
        _nameNext = isObject;
        return true;
    }

    /// <summary>The shape of the value that comes now.</summary>
    private readonly FormShape Current() =>
        _depth == 0 ? _rules.Shape : InObject ? _shape : (_shapes[_depth - 1] ?? FormShape.Anything).Items;

    /// <summary>
    /// Scans from behind a quote; returns the position behind the closing one, or -1 when there is none.
    /// </summary>
    private int ScanString(int start)
    {
        bool escaped = false;
        int end = start;
        while (true)
        {
            int offset = _json[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (offset < 0)
            {
                return -1;
            }

            end += offset;
            if (_json[end] == '"')
            {
                break;
            }

            escaped = true;
            end += 2;
            if (end >= _json.Length)
            {
                return -1;
            }
        }

        ReadOnlySpan<byte> content = _json[start..end];
        if (_nameNext)
        {
            _nameNext = false;
            ScanName(content, escaped);
        }
        else
        {
            ScanValue(content, escaped);
        }

        return end + 1;
    }

    private void ScanName(ReadOnlySpan<byte> name, bool escaped)
    {
        // The reading pass decodes and judges exactly; here every doubt sends it there.
        _needsRewrite |= escaped || name.IsEmpty;
        if (name.Length > _rules.Limits.Name)
        {
            _needsRewrite = true;
        }

        if (_depth == 1 && !_rules.IsPlainName(name))
        {
            _needsRewrite = true;
        }

        if (_seesShapes)
        {
            _shape = (_shapes[_depth - 1] ?? FormShape.Anything).Property(name);
        }
    }

    private void ScanValue(ReadOnlySpan<byte> text, bool escaped)
    {
        if (_needsRewrite)
        {
            return;
        }

        _needsRewrite = text.IsEmpty
            || text.Length > _rules.Limits.Value
            || (escaped && JsonEscapes.NeedCleaning(text, _rules.CleansText))
            || (_rules.CleansText && FormText.HasWhiteSpaceAtEnds(text))
            || (_seesShapes && Current().ConvertsText);
    }

    /// <summary>Goes over a number or literal.</summary>
    private int ScanScalar(int start)
    {
        int length = _json[start..].IndexOfAny(ScalarEnds);
        length = length < 0 ? _json.Length - start : length;
        _needsRewrite |= length > _rules.Limits.Value;
        return start + Math.Max(length, 1);
    }

    [InlineArray(Length)]
    private struct ShapeStack
    {
        /// <summary>The largest depth that can be declared.</summary>
        public const int Length = 64;

#pragma warning disable IDE0051, CS0169 // The field is the first element of the inline array.
        private FormShape? _first;
#pragma warning restore IDE0051, CS0169
    }
}
