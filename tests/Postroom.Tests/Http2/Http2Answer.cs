using System.Text;
using System.Text.Json;

namespace Postroom.Tests.Http2;

/// <summary>What came on one stream. Filled by the reader of the connection, complete once the stream is over.</summary>
internal sealed class Http2Answer
{
    private readonly MemoryStream _body = new();

    /// <summary>The statuses in order, those of interim answers included; empty when there was none.</summary>
    public string Statuses { get; private set; } = "";

    public Dictionary<string, string> Headers { get; } = [];

    public string Body => Encoding.UTF8.GetString(_body.ToArray());

    public string? Code =>
        JsonDocument.Parse(Body).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The server said all that it has to say.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The error code of its RST_STREAM.</summary>
    public int? Reset { get; private set; }

    public bool IsOver => IsWhole || Reset is not null;

    public void Add(Http2Frame frame)
    {
        switch (frame.Type)
        {
            case Http2FrameType.Headers:
                Assert.True(frame.Has(Http2Frame.EndHeaders));
                AddFields(HeaderBlock.Read(frame.Payload));
                break;
            case Http2FrameType.Data:
                _body.Write(frame.Payload);
                break;
            case Http2FrameType.Reset:
                Reset = frame.Number();
                return;
            default:
                return;
        }

        IsWhole = frame.Has(Http2Frame.EndStream);
    }

    private void AddFields(IReadOnlyList<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (name == ":status")
            {
                Statuses += (Statuses.Length == 0 ? "" : " ") + value;
            }

            Headers[name] = value;
        }
    }
}
