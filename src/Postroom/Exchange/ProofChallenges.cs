using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postroom.Plans;
using Postroom.Storage;

namespace Postroom.Exchange;

/// <summary>
/// Makes challenges and judges their proofs (ALTCHA v1), without keeping a challenge anywhere: the salt carries its end
/// and its form, the hash covers the salt, and the signature the hash. What was used, the store knows.
/// </summary>
internal sealed class ProofChallenges(IPostStore store, EntropySource entropy)
{
    private const int RandomBytes = 12;

    // A body that began before the end may go on for long after it, and its proof must still be used only once.
    private static readonly TimeSpan UseIsKept = TimeSpan.FromDays(1);

    private readonly byte[] _key = Key(store.Secret.Span);

    /// <summary>The key as ALTCHA takes it: text.</summary>
    public static byte[] Key(ReadOnlySpan<byte> secret) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SigningKeys.Derive(secret, "proof of work 1")));

    /// <summary>A fresh challenge.</summary>
    /// <param name="plan">For which form.</param>
    /// <param name="at">Unix milliseconds.</param>
    public ProofChallenge Make(EndpointPlan plan, long at)
    {
        var terms = plan.Declaration.Spam.ProofOfWork!;
        Span<byte> random = stackalloc byte[RandomBytes];
        entropy.Fill(random);
        var expires = (at + (long)terms.Expires.TotalMilliseconds) / 1000;

        // Ends in "&", so that a digit of the number cannot be passed off as one of the salt.
        var salt = string.Create(CultureInfo.InvariantCulture,
            $"{Convert.ToHexStringLower(random)}?expires={expires}&form={FormOf(plan)}&");
        var number = (long)(entropy.NextUInt64() % ((ulong)terms.MaxNumber + 1));
        var challenge = Hash(salt, number);
        return new ProofChallenge(challenge, terms.MaxNumber, salt, Sign(challenge));
    }

    /// <summary>Judges a proof, all but whether it was used before.</summary>
    /// <param name="text">As it came.</param>
    /// <param name="plan">To which form.</param>
    /// <param name="receivedAt">When the message arrived, in Unix milliseconds.</param>
    /// <param name="now">When it is judged, in Unix milliseconds.</param>
    public ProofVerdict Judge(string text, EndpointPlan plan, long receivedAt, long now)
    {
        if (ProofSolution.Read(text) is not { } solution)
        {
            return ProofVerdict.Wrong("its proof of work cannot be read");
        }

        if (solution.Algorithm != ProofChallenge.Algorithm
            || Hash(solution.Salt, solution.Number) != solution.Challenge)
        {
            return ProofVerdict.Wrong("the number of its proof of work does not solve it");
        }

        if (!CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(solution.Challenge)), Encoding.UTF8.GetBytes(solution.Signature)))
        {
            return ProofVerdict.Wrong("its proof of work is none of this server");
        }

        return JudgeTerms(solution, plan, receivedAt, now);
    }

    private static ProofVerdict JudgeTerms(ProofSolution solution, EndpointPlan plan, long receivedAt, long now)
    {
        // The hash is ours, but not where its text was cut into salt and number: a salt of ours ends in "&".
        var parts = solution.Salt.Split('?', '&');
        if (parts is not [_, ['e', 'x', 'p', 'i', 'r', 'e', 's', '=', .. var expires], var form, ""]
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return ProofVerdict.Wrong("the salt of its proof of work was changed");
        }

        if (form != "form=" + FormOf(plan))
        {
            return ProofVerdict.Wrong("its proof of work was made for another form");
        }

        var expiresAt = seconds * 1000;
        if (receivedAt >= expiresAt)
        {
            return ProofVerdict.Expired(string.Create(CultureInfo.InvariantCulture,
                $"its proof of work ended {(receivedAt - expiresAt) / 1000} s before"));
        }

        var keptUntil = expiresAt + (long)UseIsKept.TotalMilliseconds;
        return now < keptUntil
            ? ProofVerdict.Counts(new UseToken(UseOf(solution.Challenge), keptUntil))
            : ProofVerdict.Expired("its proof of work ended while it was being sent");
    }

    /// <summary>Short, however long the path is.</summary>
    private static string FormOf(EndpointPlan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(plan.PathUtf8).AsSpan(0, 8));

    private static string Hash(string salt, long number) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{salt}{number}"))));

    private string Sign(string challenge) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(challenge)));

    private static KeyHash UseOf(string challenge) =>
        KeyHash.Read(SHA256.HashData(Encoding.ASCII.GetBytes("proof of work " + challenge)));
}
