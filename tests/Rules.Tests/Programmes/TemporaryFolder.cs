using System.Text;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mallvip-").FullName;

    public void Write(string name, byte[] preamble, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. preamble, .. Encoding.UTF8.GetBytes(text)]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
