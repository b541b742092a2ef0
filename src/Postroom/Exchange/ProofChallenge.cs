using System.Buffers;
using System.Text.Json;

namespace Postroom.Exchange;

/// <summary>A challenge as ALTCHA v1 writes it: which number makes the salt hash to this?</summary>
internal sealed record ProofChallenge(string Challenge, int MaxNumber, string Salt, string Signature)
{
    public const string Algorithm = "SHA-256";

    public ReadOnlyMemory<byte> ToJson()
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("algorithm"u8, Algorithm);
            json.WriteString("challenge"u8, Challenge);
            json.WriteNumber("maxnumber"u8, MaxNumber);
            json.WriteString("salt"u8, Salt);
            json.WriteString("signature"u8, Signature);
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
