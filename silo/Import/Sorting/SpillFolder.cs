namespace MallVip.Silo.Import.Sorting;

/// <summary>A folder of its own for spill files, gone when disposed.</summary>
internal sealed class SpillFolder : IDisposable
{
    private readonly string _path;
    private int _files;

    public SpillFolder(string? parent)
    {
        _path = Path.Combine(parent ?? Path.GetTempPath(), "mallvip-import-" + Path.GetRandomFileName());
        Directory.CreateDirectory(_path);
    }

    public string NewFile() => Path.Combine(_path, $"{++_files:D6}.run");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
