using System.Security.Cryptography;
using System.Text;

namespace MallVip.Silo.Import.Running;

/// <summary>What decides the mapped lines and their order: the same fingerprint, the same lines.</summary>
internal static class Fingerprint
{
    /// <summary>32 hex digits over the kind, the map and the content of all files.</summary>
    public static async Task<string> ComputeAsync(
        ImportKind kind, string mapText, IEnumerable<string> files, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\0{mapText}\0"));
        foreach (var file in files)
        {
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 << 10, useAsync: true);
            hash.AppendData(await SHA256.HashDataAsync(stream, cancellation));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
