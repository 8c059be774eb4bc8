using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The files of a programme by relative path with slashes, in ordinal order.</summary>
public sealed class ProgrammeFiles
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
    /// All <c>*.yaml</c> and <c>*.yml</c> files of a folder and its subfolders, as strict UTF-8. Names that
    /// begin with a dot are left out, and import maps (<c>*.map.yaml</c>), which may lie beside. A folder
    /// that does not exist is a diagnostic, not an exception.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ProgrammeFiles Read(string folder)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var findings = new Findings();
        if (!Directory.Exists(folder))
            findings.Error(new(folder, 1, 1), "FOLDER_MISSING");
        else
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                ReadFile(path, Path.GetRelativePath(folder, path).Replace('\\', '/'), texts, findings);
        return new(texts.ToImmutable(), findings.Sorted());
    }

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

    private static void ReadFile(
        string path, string name, ImmutableSortedDictionary<string, string>.Builder texts, Findings findings)
    {
        if (!IsOurs(name))
            return;
        if (new FileInfo(path).Length > Yaml.YamlReader.MaxLength)
        {
            findings.Error(new(name, 1, 1), "YAML_TOO_LONG", $"{Yaml.YamlReader.MaxLength}");
            return;
        }

        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        var good = System.Text.Unicode.Utf8.IsValid(bytes);
        if (good)
            texts.Add(name, Strict.GetString(bytes));
        else
            findings.Error(PlaceOfBadByte(name, bytes), "YAML_NOT_UTF8");
    }

    private static bool IsOurs(string name) =>
        Path.GetExtension(name) is ".yaml" or ".yml" &&
        Path.GetExtension(Path.GetFileNameWithoutExtension(name)) is not ".map" &&
        !name.Split('/').Any(part => part.StartsWith('.'));

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
