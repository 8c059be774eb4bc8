using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MallVip.Client.Keys;

/// <summary>
/// A key that was just made; show <paramref name="Key"/> once and keep <paramref name="Hash"/>.
/// </summary>
public sealed record NewApiKey(string Key, string Hash);

/// <summary>Makes keys and their hashes.</summary>
public static class ApiKeyFactory
{
    /// <summary>A key of 256 random bits: <c>mv_</c> and 43 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static NewApiKey Create()
    {
        var key = "mv_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new(key, HashOf(key));
    }

    /// <summary>What to configure for a key: SHA-256 in 64 lower-case hex digits.</summary>
    public static string HashOf(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
