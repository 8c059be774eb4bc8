using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;

namespace MallVip.System.Tests.Simulation;

/// <summary>Where a simulated silo keeps its journal, and what is left of it after a crash.</summary>
internal interface ISimulatedStore : IAsyncDisposable
{
    /// <summary>The store as the running silo has it.</summary>
    IJournal Open { get; }

    /// <summary>What a new process finds after the old one has died, or has closed.</summary>
    Task ReopenAsync(bool crashed);
}

/// <summary>Memory that outlives the silo.</summary>
internal sealed class MemoryStore : ISimulatedStore
{
    public IJournal Open { get; } = new MemoryJournal();

    public Task ReopenAsync(bool crashed) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>SQLite in a folder. A crash leaves the files as they are: the next silo opens a copy taken at that moment.</summary>
internal sealed class SqliteStore : ISimulatedStore
{
    private readonly TempFolder _folder = new();
    private int _life;

    public SqliteStore() => Open = SqliteJournal.Open(Life());

    public IJournal Open { get; private set; }

    public async Task ReopenAsync(bool crashed)
    {
        var before = Life();
        if (!crashed)
        {
            await Open.DisposeAsync();
            Open = SqliteJournal.Open(before);
            return;
        }

        _life++;
        Directory.CreateDirectory(Life());
        foreach (var file in Directory.GetFiles(before))
            File.Copy(file, Path.Combine(Life(), Path.GetFileName(file)));
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
