using System.Text;
using Postroom.Expressions.Values;

namespace Postroom.Expressions.Evaluation;

/// <summary>A member of an object that is known only now.</summary>
internal sealed class MemberNode(Node operand, string name, ExpressionType type) : Node(type, operand)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    public override ExpressionValue Evaluate(ref EvaluationFrame frame)
    {
        var map = operand.Evaluate(ref frame);
        return map.IsError ? map : Find(map, _name, Type, ref frame);
    }

    public static ExpressionValue Find(
        in ExpressionValue map, ReadOnlySpan<byte> name, ExpressionType type, ref EvaluationFrame frame) =>
        map.Kind != ExpressionValueKind.JsonObject ? Error(ExpressionError.WrongType)
        : !frame.SpendBytes(map.Bytes.Length) ? Error(ExpressionError.TooMuchWork)
        : JsonMembers.TryFind(map, name, out var value) ? JsonReading.Read(value, type)
        : Error(ExpressionError.Absent);
}
