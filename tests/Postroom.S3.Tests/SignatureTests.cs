using System.Security.Cryptography;
using System.Text;
using Postroom.S3.Requests;

namespace Postroom.S3.Tests;

/// <summary>The examples of "Signature Calculations for the Authorization Header", with the key that they use.</summary>
public sealed class SignatureTests
{
    private static readonly Uri s_root = new("https://examplebucket.s3.amazonaws.com/");
    private static readonly DateTimeOffset s_time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly S3Signature _signature = new(
        "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    [Fact]
    public void Of_a_range_of_an_object() => Assert.Equal(
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        Sign(new S3Request(HttpMethod.Get, "test.txt") { Headers = [S3Request.Range(0, 9)] }));

    [Fact]
    public void Of_an_object_that_is_put() => Assert.Equal(
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        Sign(
            new S3Request(HttpMethod.Put, "test$file.text")
            {
                Headers = [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            },
            "Welcome to Amazon S3."));

    [Fact]
    public void Of_a_parameter_without_a_value() => Assert.Equal(
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        Sign(new S3Request(HttpMethod.Get, "") { Query = [("lifecycle", "")] }));

    [Fact]
    public void Of_a_list() => Assert.Equal(
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        Sign(new S3Request(HttpMethod.Get, "") { Query = [("prefix", "J"), ("max-keys", "2")] }));

    [Theory]
    [InlineData("http://127.0.0.1:9000", null, "http://127.0.0.1:9000/uploads", "/uploads/files/a")]
    [InlineData("https://s3.eu-central-1.amazonaws.com", null, "https://uploads.s3.eu-central-1.amazonaws.com/", "/files/a")]
    [InlineData("https://s3.eu-central-1.amazonaws.com", true, "https://s3.eu-central-1.amazonaws.com/uploads", "/uploads/files/a")]
    [InlineData("https://objects.example.com", false, "https://uploads.objects.example.com/", "/files/a")]
    public void A_bucket_is_in_the_path_or_before_the_host(string endpoint, bool? pathStyle, string root, string path)
    {
        var options = new S3Options
        {
            Endpoint = new Uri(endpoint), Bucket = "uploads", AccessKey = "ada", SecretKey = "secret", PathStyle = pathStyle,
        };

        Assert.Equal(root, options.Root.AbsoluteUri);
        Assert.Equal(path, S3Signature.PathOf(new S3Request(HttpMethod.Get, "files/a"), options.Root));
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
    }

    private string Sign(S3Request request, string body = "") => _signature
        .Sign(request, s_root, SHA256.HashData(Encoding.ASCII.GetBytes(body)), s_time)
        .Single(header => header.Name == "authorization").Value.Split("Signature=")[1];
}
