using System.Text;
using Postroom.Load.Wire;

namespace Postroom.Load.Tests;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 2\r\nServer: x\r\n\r\n{}", 201)]
    [InlineData("HTTP/1.1 201 Created\r\nserver: x\r\ncontent-length:   2\r\n\r\n{}", 201)]
    [InlineData("HTTP/1.1 422 Unprocessable\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 422)]
    [InlineData("HTTP/1.1 201 Created\r\ntransfer-encoding: Chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n", 201)]
    public void AnAnswerIsCompleteAtItsLastByteAndNotBefore(string answer, int expectedStatus)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(AnswerState.Incomplete, AnswerReader.Read(bytes.AsSpan(0, length), out _, out _));
        }

        Assert.Equal(AnswerState.Complete, AnswerReader.Read(bytes, out var status, out var used));
        Assert.Equal((expectedStatus, bytes.Length), (status, used));
    }

    [Fact]
    public void BytesAfterAnAnswerAreNotCountedAsItsOwn()
    {
        var bytes = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}HTTP"u8;
        Assert.Equal(AnswerState.Complete, AnswerReader.Read(bytes, out _, out var used));
        Assert.Equal(bytes.Length - 4, used);
    }

    [Theory]
    [InlineData("HTTP/1.1 201 Created\r\nServer: x\r\n\r\n")]
    [InlineData("HTTP/1.1 2x1 Created\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0 201 hello\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n")]
    [InlineData("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n")]
    public void AnAnswerWhoseEndCannotBeToldIsMalformed(string answer)
    {
        Assert.Equal(AnswerState.Malformed, AnswerReader.Read(Encoding.ASCII.GetBytes(answer), out _, out _));
    }
}
