using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Postroom.Hosting;

/// <summary>Finds where in the document a property of a type stands.</summary>
internal static class TypeField
{
    /// <summary>The JSON Pointer of what the expression selects, such as <c>/customer/email</c>.</summary>
    /// <exception cref="ArgumentException">It selects anything but properties that the JSON contract has.</exception>
    public static string Pointer<T>(JsonTypeInfo<T> type, Expression<Func<T, object?>> field)
    {
        var body = field.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed
            ? boxed.Operand
            : field.Body;
        var members = new Stack<MemberInfo>();
        while (body is MemberExpression member)
        {
            members.Push(member.Member);
            body = member.Expression;
        }

        if (body is not ParameterExpression || members.Count == 0)
        {
            throw new ArgumentException($"{field} does not select a property. Write it as: form => form.Email.");
        }

        return Pointer(type, members);
    }

    private static string Pointer(JsonTypeInfo type, IEnumerable<MemberInfo> members)
    {
        var pointer = "";
        foreach (var member in members)
        {
            var property = type.Properties.FirstOrDefault(known => IsOf(known, member))
                ?? throw new ArgumentException($"The JSON contract of {type.Type} has no property {member.Name}.");

            // RFC 6901 §3.
            pointer += "/" + property.Name.Replace("~", "~0", StringComparison.Ordinal)
                .Replace("/", "~1", StringComparison.Ordinal);
            type = type.Options.GetTypeInfo(property.PropertyType);
        }

        return pointer;
    }

    /// <summary>A contract lists what it ignores, with neither way to reach it.</summary>
    private static bool IsOf(JsonPropertyInfo known, MemberInfo member) =>
        (known.Get is not null || known.Set is not null)
        && (known.AttributeProvider as MemberInfo)?.Name == member.Name;
}
