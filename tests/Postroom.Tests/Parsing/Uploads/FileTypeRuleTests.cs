using System.Text;
using Postroom.Faults;
using Postroom.Parsing.Uploads;

namespace Postroom.Tests.Parsing.Uploads;

public sealed class FileTypeRuleTests
{
    [Theory]
    [InlineData("cv.pdf", "%PDF-1.7", "application/pdf", "application/pdf")]
    [InlineData("a.png", "\x89PNG\r\n\x1A\n", "image/png", "image/png")]
    [InlineData("a.JPG", "\xFF\xD8\xFF\xE0", "image/pjpeg", "image/jpeg")]
    [InlineData("a.webp", "RIFF1234WEBP", null, "image/webp")]
    [InlineData("a.docx", "PK\x03\x04", "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.zip", "PK\x03\x04", "application/x-zip-compressed", "application/zip")]
    [InlineData("a.csv", "a;b\r\n1;2\r\n", "application/vnd.ms-excel", "text/csv")]
    [InlineData("a.txt", "MZ is a text, and BM as well", "text/plain", "text/plain")]
    [InlineData("a.txt", "", "text/plain", "text/plain")]
    [InlineData("a.xyz", "\x01\x02", null, "application/octet-stream")]
    [InlineData("a", "just text", null, "text/plain")]
    [InlineData("a.mp3", "\x01\x02", "audio/mpeg", "audio/mpeg")]
    public void What_is_harmless_and_without_contradiction_is_taken(
        string name, string content, string? declared, string type)
    {
        Assert.Null(Judge(name, content, declared, [], out string found));
        Assert.Equal(type, found);
    }

    [Theory]
    [InlineData("a.png", "<!DOCTYPE html><script>alert(1)</script>", "image/png")]
    [InlineData("a.gif", "GIF89a/*<script>", "image/png")]
    [InlineData("a.jpg.php", "\xFF\xD8\xFF\xE0<?php", "image/jpeg")]
    [InlineData("a.pdf", "", "application/pdf")]
    [InlineData("a.pdf", "MZ\0\0", "application/pdf")]
    [InlineData("a.txt", "<html>", "text/plain")]
    [InlineData("a.txt", "\0\x01", "text/plain")]
    [InlineData("a", "\x7F\x45LF", null)]
    [InlineData("a", "#!/bin/sh", null)]
    [InlineData("a.svg", "<svg onload='x'>", "image/svg+xml")]
    [InlineData("a.html", "text", "text/html")]
    [InlineData("a.xml", "<?xml version='1.0'?><a/>", "text/xml")]
    [InlineData("a.exe", "text", null)]
    [InlineData("a.txt", "text", "application/pdf")]
    public void What_is_executed_or_contradicts_itself_is_refused(string name, string content, string? declared)
    {
        Fault? fault = Judge(name, content, declared, [], out _);
        Assert.Equal(FaultCatalogue.FileTypeRefused, fault?.Kind);
        Assert.Equal("/f", Assert.Single(fault!.Errors).Pointer);
    }

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7", "application/pdf", true)]
    [InlineData("a.pdf", "%PDF-1.7", "image/*", false)]
    [InlineData("a.png", "\x89PNG\r\n\x1A\n", "image/*", true)]
    [InlineData("a.svg", "<svg>", "image/*", false)]
    [InlineData("a.svg", "<svg>", "image/svg+xml", true)]
    [InlineData("a.xml", "<?xml version='1.0'?><a/>", ".xml", true)]
    [InlineData("a.docx", "PK\x03\x04", ".docx", true)]
    [InlineData("a.docx", "\0\x01", ".docx", false)]
    [InlineData("a.png.exe", "\x89PNG\r\n\x1A\n", "image/*", false)]
    public void A_declaration_bounds_the_types(string name, string content, string type, bool isTaken)
    {
        Fault? fault = Judge(name, content, null, [type], out _);
        Assert.Equal(isTaken, fault is null);
        Assert.True(isTaken || fault!.Message.Contains(type, StringComparison.Ordinal));
    }

    private static Fault? Judge(string name, string content, string? declared, string[] types, out string found) =>
        FileTypeRule.Judge(
            new IncomingFile("/f", name, declared, null), Encoding.Latin1.GetBytes(content), types, out found);
}
