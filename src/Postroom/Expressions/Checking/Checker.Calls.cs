using System.Text;
using Postroom.Expressions.Evaluation;
using Postroom.Expressions.Syntax;
using Postroom.Expressions.Values;
using Postroom.Faults;
using Postroom.JsonSchema.Patterns;

namespace Postroom.Expressions.Checking;

/// <summary>Functions and macros.</summary>
internal sealed partial class Checker
{
    private static readonly Dictionary<string, MacroKind> Macros = new(StringComparer.Ordinal)
    {
        ["all"] = MacroKind.All,
        ["exists"] = MacroKind.Exists,
        ["exists_one"] = MacroKind.ExistsOne,
        ["existsOne"] = MacroKind.ExistsOne,
        ["filter"] = MacroKind.Filter,
        ["map"] = MacroKind.Map,
    };

    private static readonly Dictionary<string, TextTestKind> TextTests = new(StringComparer.Ordinal)
    {
        ["startsWith"] = TextTestKind.StartsWith,
        ["endsWith"] = TextTestKind.EndsWith,
        ["contains"] = TextTestKind.Contains,
    };

    private static readonly Dictionary<string, ExpressionType> Conversions = new(StringComparer.Ordinal)
    {
        ["int"] = ExpressionType.Int,
        ["double"] = ExpressionType.Double,
        ["string"] = ExpressionType.String,
        ["bool"] = ExpressionType.Bool,
        ["timestamp"] = ExpressionType.Timestamp,
        ["duration"] = ExpressionType.Duration,
    };

    private static readonly string[] FunctionNames =
        ["has", "size", "matches", "dyn", .. Macros.Keys, .. TextTests.Keys, .. Conversions.Keys, .. ClockNode.Names];

    private Node CheckCall(SyntaxNode.Call call)
    {
        if (call.Target is not null && Macros.TryGetValue(call.Function, out var macro))
        {
            return CheckMacro(call, macro);
        }

        if (call.Target is null && call.Function == "has")
        {
            return CheckPresence(call);
        }

        Node[] arguments = [.. (call.Target is null ? call.Arguments : [call.Target, .. call.Arguments]).Select(Check)];
        if (_faults.Fault is not null)
        {
            return Nothing;
        }

        return (call.Function, call.Target is null, arguments.Length) switch
        {
            ("size", _, 1) => CheckSize(call, arguments[0]),
            ("matches", _, 2) => CheckMatches(call, arguments[0]),
            ("dyn", true, 1) => new DynNode(arguments[0]),
            (var name, false, 2) when TextTests.TryGetValue(name, out var kind) =>
                Takes(call, arguments[0], ExpressionTypeKind.String)
                && Takes(call, arguments[1], ExpressionTypeKind.String)
                    ? new TextTestNode(kind, arguments[0], arguments[1])
                    : Nothing,
            (var name, true, 1) when Conversions.TryGetValue(name, out var type) =>
                CheckConversion(call, arguments[0], type),
            (var name, false, 1 or 2) when ClockNode.Names.Contains(name) => CheckClock(call, arguments[0]),
            _ => Fail(call.Position, Unknown(call)),
        };
    }

    private static string Unknown(SyntaxNode.Call call)
    {
        var name = call.Function;
        if (FunctionNames.Contains(name))
        {
            var example = name switch
            {
                "has" => "has(record.name)",
                "size" => "size(tags)",
                "matches" => "name.matches(\"^a+$\")",
                "dyn" => "dyn(x)",
                "map" => "tags.map(tag, tag + \"!\")",
                _ when Macros.ContainsKey(name) => $"tags.{name}(tag, tag == \"red\")",
                _ when TextTests.ContainsKey(name) => $"name.{name}(\"a\")",
                _ when Conversions.ContainsKey(name) => $"{name}(x)",
                _ => $"timestamp(x).{name}()",
            };
            return $"`{name}` is written so: `{example}`.";
        }

        return name is "type" or "bytes" or "uint"
            ? $"`{name}` of CEL is not known here."
            : $"There is no function `{name}`.{NearestName.Suggest(name, FunctionNames)}";
    }

    private Node CheckSize(SyntaxNode.Call call, Node operand) =>
        operand.Type.Kind is ExpressionTypeKind.String or ExpressionTypeKind.List or ExpressionTypeKind.Map
            or ExpressionTypeKind.Dyn
                ? new SizeNode(operand)
                : Fail(call.Position, $"`size` takes a string, a list or an object, not {A(operand.Type)}.");

    /// <summary>The pattern is read here, once, so that a fault in it is told before anything runs.</summary>
    private Node CheckMatches(SyntaxNode.Call call, Node text)
    {
        if (!Takes(call, text, ExpressionTypeKind.String))
        {
            return Nothing;
        }

        var argument = call.Arguments[^1];
        if (argument is not SyntaxNode.Literal { Type.Kind: ExpressionTypeKind.String } literal)
        {
            return Fail(argument.Position, "The pattern of `matches` must be a text in quotes.");
        }

        try
        {
            var pattern = Encoding.UTF8.GetString(literal.Value.Bytes.Span);
            return new MatchesNode(text, LinearPattern.Compile(pattern));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Fail(argument.Position, $"This is no pattern (regular expression): {exception.Message}.");
        }
    }

    private Node CheckConversion(SyntaxNode.Call call, Node operand, ExpressionType type)
    {
        var taken = type.Kind switch
        {
            ExpressionTypeKind.Int => operand.Type.IsNumber
                || operand.Type.Kind is ExpressionTypeKind.String or ExpressionTypeKind.Timestamp,
            ExpressionTypeKind.Double => operand.Type.IsNumber || operand.Type.Kind == ExpressionTypeKind.String,
            ExpressionTypeKind.String =>
                operand.Type.Kind is not (ExpressionTypeKind.Null or ExpressionTypeKind.List or ExpressionTypeKind.Map),
            ExpressionTypeKind.Timestamp => operand.Type.Kind
                is ExpressionTypeKind.String or ExpressionTypeKind.Int or ExpressionTypeKind.Timestamp,
            _ => operand.Type.Kind == ExpressionTypeKind.String || operand.Type.Kind == type.Kind,
        };
        if (!taken && !operand.Type.IsDyn)
        {
            return Fail(call.Position, $"`{call.Function}` does not take {A(operand.Type)}.");
        }

        var conversion = new ConversionNode(operand, type);
        return operand is ConstantNode ? Fold(call, conversion) : conversion;
    }

    /// <summary>A constant is converted now, so that a slip such as 30 February is told.</summary>
    private Node Fold(SyntaxNode.Call call, ConversionNode conversion)
    {
        var frame = new EvaluationFrame { WorkLeft = ExpressionLimits.WorkMax, Locals = [] };
        var value = conversion.Evaluate(ref frame);
        if (!value.IsError)
        {
            return new ConstantNode(value, conversion.Type);
        }

        return Fail(call.Position, call.Function switch
        {
            "timestamp" => "This is no moment of the years 1 to 9999 as RFC 3339 writes it, such as "
                + "`2026-01-31T09:00:00Z`.",
            "duration" => "This is no duration of at most 292 years, such as `90m`, `1.5h` or `36h30m`.",
            var name => $"This cannot become {A(conversion.Type)} by `{name}`.",
        });
    }

    private Node CheckClock(SyntaxNode.Call call, Node operand)
    {
        if (operand.Type.Kind == ExpressionTypeKind.Duration && call.Arguments.Count == 0
            && ClockNode.IsOfDurations(call.Function))
        {
            return new ClockNode(call.Function, operand, null);
        }

        if (!Takes(call, operand, ExpressionTypeKind.Timestamp) || call.Arguments.Count == 0)
        {
            return new ClockNode(call.Function, operand, null);
        }

        if (call.Arguments[0] is SyntaxNode.Literal { Type.Kind: ExpressionTypeKind.String } literal
            && ZoneText.Read(Encoding.UTF8.GetString(literal.Value.Bytes.Span)) is { } zone)
        {
            return new ClockNode(call.Function, operand, zone);
        }

        return Fail(call.Arguments[0].Position,
            "A time zone is expected in quotes: a name such as \"Europe/Berlin\", or an offset such as \"+02:00\".");
    }

    private Node CheckPresence(SyntaxNode.Call call)
    {
        if (call.Arguments is [SyntaxNode.Select select])
        {
            var operand = _names.FindQualified(select) is null ? Check(select.Operand) : null;
            var member = CheckSelect(select);
            return new PresenceNode(operand, member);
        }

        // A bare field of the container is `record.field` with its variable left out.
        return call.Arguments is [SyntaxNode.Name name]
            ? new PresenceNode(null, _names.Find(name) ?? Nothing)
            : Fail(call.Position, Unknown(call));
    }

    private Node CheckMacro(SyntaxNode.Call call, MacroKind kind)
    {
        var list = Check(call.Target!);
        var withCondition = kind == MacroKind.Map && call.Arguments.Count == 3;
        if ((call.Arguments.Count != 2 && !withCondition) || call.Arguments[0] is not SyntaxNode.Name name)
        {
            return Fail(call.Position, Unknown(call));
        }

        if (list.Type.Kind is not (ExpressionTypeKind.List or ExpressionTypeKind.Map or ExpressionTypeKind.Dyn))
        {
            return Fail(call.Position, $"`{call.Function}` goes through a list, not {A(list.Type)}.");
        }

        var element = list.Type.Kind switch
        {
            ExpressionTypeKind.List => list.Type.Element,
            ExpressionTypeKind.Map => ExpressionType.String,
            _ => ExpressionType.Dyn,
        };
        var local = _names.Enter(name.Text, element);
        var condition = kind != MacroKind.Map || withCondition ? Check(call.Arguments[1]) : null;
        var result = kind == MacroKind.Map ? Check(call.Arguments[^1]) : null;
        _names.Leave();
        if (condition is not null && !Condition(condition, call.Arguments[1].Position, $"`{call.Function}`"))
        {
            return Nothing;
        }

        var type = kind switch
        {
            MacroKind.Filter => ExpressionType.ListOf(element),
            MacroKind.Map => ExpressionType.ListOf(result!.Type),
            _ => ExpressionType.Bool,
        };
        return new MacroNode(kind, list, local, condition, result, type);
    }

    private bool Takes(SyntaxNode.Call call, Node operand, ExpressionTypeKind kind)
    {
        if (Is(operand, kind))
        {
            return true;
        }

        var wanted = kind.ToString().ToLowerInvariant();
        _faults.Add(call.Position, $"`{call.Function}` takes a {wanted}, not {A(operand.Type)}.");
        return false;
    }
}
