using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MallVip.Grains.Journal;

/// <summary>One versioned step of the tables in PostgreSQL: a file that is never changed once it was
/// applied anywhere.</summary>
/// <param name="Version">From 1 without a gap.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">What it does.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    private const string Prefix = "MallVip.Migrations.";

    /// <summary>All that this build has, by version.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    /// <summary>Tells an applied file from one that was changed since: 64 hexadecimal digits.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    private static Migration[] Load()
    {
        var assembly = typeof(Migration).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[Prefix.Length..];
                return new Migration(
                    int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file, text.ReadToEnd());
            })];
    }
}
