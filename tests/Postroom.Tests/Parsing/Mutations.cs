using System.Text;

namespace Postroom.Tests.Parsing;

/// <summary>Bodies made from good ones by small damage: a fuzzer's food.</summary>
internal sealed class Mutations(Random random, IReadOnlyList<byte[]> good, IReadOnlyList<string> tokens)
{
    private const int LengthMax = 20_000;

    private readonly Random _random = random;
    private readonly byte[][] _tokens = [.. tokens.Select(Encoding.Latin1.GetBytes)];

    public byte[] Next()
    {
        List<byte> body = [.. good[_random.Next(good.Count)]];
        int rounds = 1 + _random.Next(6);
        for (int round = 0; round < rounds; round++)
        {
            Damage(body);
        }

        return [.. body.Take(LengthMax)];
    }

    private void Damage(List<byte> body)
    {
        int position = _random.Next(body.Count + 1);
        int count = Math.Min(_random.Next(1, 12), body.Count - position);
        switch (_random.Next(7))
        {
            case 0 when position < body.Count:
                body[position] = (byte)_random.Next(256);
                break;
            case 1:
                body.RemoveRange(position, count);
                break;
            case 2:
                body.RemoveRange(position, body.Count - position);
                break;
            case 3:
                body.InsertRange(position, body.GetRange(position, count));
                break;
            case 4:
                body.InsertRange(position, good[_random.Next(good.Count)]);
                break;
            case 5:
                byte[] repeated = _tokens[_random.Next(_tokens.Length)];
                for (int times = _random.Next(1, 40); times > 0; times--)
                {
                    body.InsertRange(position, repeated);
                }

                break;
            default:
                body.InsertRange(position, _tokens[_random.Next(_tokens.Length)]);
                break;
        }
    }
}
