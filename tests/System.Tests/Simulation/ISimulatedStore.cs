using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Simulation;

/// <summary>Where a simulated silo keeps its journal, and what is left of it after a crash.</summary>
internal interface ISimulatedStore : IAsyncDisposable
{
    /// <summary>The store as the running silo has it.</summary>
    IJournal Open { get; }

    /// <summary>The silo has died: what is there now is what the next one finds.</summary>
    void Freeze();

    /// <summary>Opens what the last silo, which is gone by now, has left.</summary>
    Task ReopenAsync();
}

/// <summary>Memory that outlives the silo.</summary>
internal sealed class MemoryStore : ISimulatedStore
{
    public IJournal Open { get; } = new MemoryJournal();

    public void Freeze()
    {
    }

    public Task ReopenAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>
/// SQLite in a folder. A crash leaves the files as they are: the next silo opens a copy taken at that moment.
/// </summary>
internal sealed class SqliteStore : ISimulatedStore
{
    private readonly TempFolder _folder = new();
    private int _life;

    public SqliteStore() => Open = SqliteJournal.Open(Life());

    public IJournal Open { get; private set; }

    public void Freeze()
    {
        var dead = Life();
        _life++;
        Directory.CreateDirectory(Life());
        // The lock is the operating system's, and the dead have none.
        foreach (var file in Directory.GetFiles(dead, "*.db*"))
            File.Copy(file, Path.Combine(Life(), Path.GetFileName(file)));
    }

    public async Task ReopenAsync()
    {
        await Open.DisposeAsync();
        Open = SqliteJournal.Open(Life());
    }

    public async ValueTask DisposeAsync()
    {
        await Open.DisposeAsync();
        _folder.Dispose();
    }

    private string Life() => _folder.File($"life-{_life}");
}
