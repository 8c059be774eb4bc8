using MallVip.Grains.Journal;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Progress;
using MallVip.Silo.Texts;
using MallVip.Silo.Verify;
using Microsoft.Data.Sqlite;

namespace MallVip.Silo.Move;

/// <summary>What <c>mallvip move</c> was asked to do.</summary>
/// <param name="Folder">The data folder that the journal leaves.</param>
/// <param name="Settings">The database that takes it, and the server key of both.</param>
public sealed record MoveOptions(string Folder, JournalSettings Settings);

/// <summary>The verb <c>mallvip move</c>: takes a journal from a data folder to PostgreSQL, and proves that
/// nothing changed.</summary>
public sealed class MoveCommand
{
    private readonly MoveOptions _options;
    private readonly IConsoleOutput _console;
    private readonly IProgressBoard _progress;
    private readonly TimeProvider _time;

    private MoveCommand(
        MoveOptions options, IConsoleOutput console, IProgressBoard progress, TimeProvider time) =>
        (_options, _console, _progress, _time) = (options, console, progress, time);

    /// <summary>0: moved, and both sides are the same; 1: not moved, or something differs; 2: the
    /// configuration is wrong.</summary>
    public static async Task<int> RunAsync(
        MoveOptions options, IConsoleOutput console, TimeProvider time, CancellationToken cancellation)
    {
        var faults = options.Settings.Examine();
        if (faults.IsEmpty && !options.Settings.IsPostgres)
            faults = [ConsoleText.Current.Format("move.folder")];
        foreach (var fault in faults)
            await console.Error.WriteLineAsync(fault);
        if (!faults.IsEmpty)
            return 2;
        Task<int> RunAsync(IProgressBoard progress) =>
            new MoveCommand(options, console, progress, time).RunAsync(cancellation);
        return console.IsTerminal
            ? await BarProgress.RunAsync(console, RunAsync)
            : await RunAsync(new PlainProgress(console.Error));
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        JournalMove? move = null;
        var settings = _options.Settings;
        try
        {
            move = await JournalMove.OpenAsync(
                _options.Folder, settings.OwnerConnectionString ?? settings.ConnectionString!,
                settings.ReadKey()!, cancellation);
            return await RunAsync(move, cancellation);
        }
        catch (Exception failure) when (
            failure is JournalException or IOException or UnauthorizedAccessException or SqliteException)
        {
            return Refuse(move, $"move: {failure.Message}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Refuse(move, ConsoleText.Current.Format("move.interrupted"));
        }
        finally
        {
            if (move is not null)
                await move.DisposeAsync();
        }
    }

    private async Task<int> RunAsync(JournalMove move, CancellationToken cancellation)
    {
        Begin("move.verifying-folder", 1);
        AuditResult before;
        await using (var journal = move.ReadSource())
            before = await Auditor.RunAsync(journal, null, cancellation);
        if (!before.IsClean)
            return Refuse(move, ConsoleText.Current.Format("move.broken", _options.Folder));
        Begin("move.copying", move.Rows);
        await move.CopyAsync(Counter(), cancellation);
        Begin("move.verifying-database", 1);
        AuditResult after;
        await using (var journal = await move.ReadTargetAsync(cancellation))
            after = await Auditor.RunAsync(journal, null, cancellation);
        Begin("move.comparing", 2 * move.Rows);
        var tables = await move.CompareAsync(Counter(), cancellation);
        return await ConcludeAsync(move, MoveProof.Of(before, after, tables));
    }

    private async Task<int> ConcludeAsync(JournalMove move, MoveProof proof)
    {
        proof.Write(_console.Out);
        if (!proof.IsSame)
            return Refuse(move, ConsoleText.Current.Format("move.differs"));
        var place = new DatabasePlace(_options.Settings.ConnectionString!, null).ToString();
        await move.ReleaseAsync(place, _time.GetUtcNow());
        _console.Out.WriteLine(ConsoleText.Current.Format("move.done", place, MoveMark.FileName));
        return 0;
    }

    private int Refuse(JournalMove? move, string why)
    {
        _console.Error.WriteLine(why);
        if (move is { HasBegun: true })
            _console.Error.WriteLine(ConsoleText.Current.Format("move.unfinished"));
        return 1;
    }

    private void Begin(string stage, long total) =>
        _progress.Begin(ConsoleText.Current.Format(stage), total);

    private Action<long> Counter()
    {
        var done = 0L;
        return rows => _progress.Report(done += rows);
    }
}
