using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Tests.Journal.Postgres;

namespace MallVip.System.Tests.Crash;

/// <summary>A file system of a few MiB in memory, which can grow.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private static readonly Lazy<bool> Allowed = new(() =>
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var path = Directory.CreateTempSubdirectory("mallvip-disk-").FullName;
        var may = Run("mount", "-t", "tmpfs", "-o", "size=1m", "none", path) && Run("umount", path);
        Directory.Delete(path);
        return may;
    });

    private SmallDisk(string path) => Path = path;

    /// <summary>Whether this user may mount one.</summary>
    public static bool IsAllowed => Allowed.Value;

    public string Path { get; }

    public static SmallDisk Mount(int mebibytes)
    {
        var path = Directory.CreateTempSubdirectory("mallvip-disk-").FullName;
        Assert.True(Run("mount", "-t", "tmpfs", "-o", Size(mebibytes), "none", path));
        return new(path);
    }

    /// <summary>Makes room.</summary>
    public void Grow(int mebibytes) =>
        Assert.True(Run("mount", "-o", $"remount,{Size(mebibytes)}", Path));

    /// <summary>Gives it to another user.</summary>
    public void GiveTo(string user) => Assert.True(Run("chown", user, Path));

    public ValueTask DisposeAsync()
    {
        // Lazily: what still has a file open on it ends by itself.
        Assert.True(Run("umount", "-l", Path));
        Directory.Delete(Path);
        return ValueTask.CompletedTask;
    }

    private static string Size(int mebibytes) =>
        string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m");

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test with a disk that gets full; says why it is skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute()
    {
        if (!SmallDisk.IsAllowed)
            Skip = "skipped: a small file system cannot be mounted here; it takes root on Linux.";
    }

    /// <summary>Whether it needs PostgreSQL's programs too. Default false.</summary>
    public bool NeedsPostgres
    {
        get => false;
        set => Skip ??= value && PostgresCluster.Programs is null ? PostgresFactAttribute.Reason : null;
    }
}
