using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The files of a programme by relative path with slashes, in ordinal order.</summary>
public sealed class ProgrammeFiles
{
    private ProgrammeFiles(ImmutableSortedDictionary<string, string> texts,
        ImmutableArray<Diagnostic> unreadable) =>
        (Texts, Unreadable) = (texts, unreadable);

    public ImmutableSortedDictionary<string, string> Texts { get; }

    /// <summary>What could not be read as text.</summary>
    public ImmutableArray<Diagnostic> Unreadable { get; }

    /// <summary>Files as text.</summary>
    public static ProgrammeFiles Of(IReadOnlyDictionary<string, string> texts) =>
        new(texts.ToImmutableSortedDictionary(StringComparer.Ordinal), []);

    /// <summary>
    /// Files as bytes, which must be strict UTF-8; those that <see cref="Belongs"/> refuses are left out.
    /// </summary>
    public static ProgrammeFiles Of(IEnumerable<KeyValuePair<string, byte[]>> contents)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var findings = new Findings();
        foreach (var (path, bytes) in contents)
            if (Belongs(path) && Decode(path, bytes, findings) is { } text)
                texts[path] = text;
        return new(texts.ToImmutable(), findings.Sorted());
    }

    /// <summary>A folder that does not exist.</summary>
    public static ProgrammeFiles Missing(string folder)
    {
        var findings = new Findings();
        findings.Error(new(folder, 1, 1), "FOLDER_MISSING");
        return new(ImmutableSortedDictionary<string, string>.Empty, findings.Sorted());
    }

    /// <summary>
    /// Whether a file is part of a programme: <c>*.yaml</c> and <c>*.yml</c>, but no import map
    /// (<c>*.map.yaml</c>) and nothing whose name or folder begins with a dot.
    /// </summary>
    /// <param name="path">Relative, with slashes.</param>
    public static bool Belongs(string path) =>
        Path.GetExtension(path) is ".yaml" or ".yml" &&
        Path.GetExtension(Path.GetFileNameWithoutExtension(path)) is not ".map" &&
        !path.Split('/').Any(part => part.StartsWith('.'));

    /// <summary>SHA-256 over length-prefixed paths and contents in order: 64 hex digits.</summary>
    public string Version()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var (path, text) in Texts)
        {
            foreach (var part in (ReadOnlySpan<string>)[path, text])
            {
                var bytes = Encoding.UTF8.GetBytes(part);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
                hash.AppendData(length);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? Decode(string path, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > Yaml.YamlReader.MaxLength)
        {
            findings.Error(new(path, 1, 1), "YAML_TOO_LONG", $"{Yaml.YamlReader.MaxLength}");
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        findings.Error(PlaceOfBadByte(path, bytes), "YAML_NOT_UTF8");
        return null;
    }

    private static Place PlaceOfBadByte(string file, ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end &&
            System.Text.Unicode.Utf8.IsValid(bytes[..end]))
        {
            line++;
            bytes = bytes[(end + 1)..];
        }

        var column = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == System.Buffers.OperationStatus.Done)
        {
            column += rune.Utf16SequenceLength;
            bytes = bytes[used..];
        }

        return new(file, line, column);
    }
}
