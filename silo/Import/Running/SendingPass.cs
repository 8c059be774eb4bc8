using MallVip.Silo.Import.Rows;
using MallVip.Silo.Progress;

namespace MallVip.Silo.Import.Running;

/// <summary>The second pass: lines go to the sink in batches, and the state is saved after each.</summary>
internal sealed class SendingPass(
    IImportSink sink, StateFile stateFile, RejectFile rejects, ImportOptions options,
    IProgressBoard progress, ImportState from)
{
    /// <summary>What is confirmed so far.</summary>
    public ImportState State { get; private set; } = from;

    /// <summary>Sends what the state does not confirm yet.</summary>
    public async Task RunAsync(IEnumerable<ImportLine> lines, CancellationToken cancellation)
    {
        stateFile.Save(State);
        var skip = State.Confirmed;
        var batch = new List<ImportLine>(options.BatchSize);
        foreach (var line in lines)
        {
            if (skip-- > 0)
                continue;
            batch.Add(line);
            if (batch.Count < options.BatchSize)
                continue;
            await SendAsync(batch, cancellation);
            batch.Clear();
        }
        if (batch.Count > 0)
            await SendAsync(batch, cancellation);
        await sink.CompleteAsync(cancellation);
        State = State with { Done = true };
        stateFile.Save(State);
    }

    private async Task SendAsync(List<ImportLine> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var outcomes = await sink.AcceptAsync(batch, cancellation);
        if (outcomes.Count != batch.Count)
            throw new InvalidOperationException(
                $"The sink answered {outcomes.Count} of {batch.Count} lines.");
        var state = State;
        for (var i = 0; i < batch.Count; i++)
            state = Count(batch[i], outcomes[i], state);
        State = state with
        {
            Confirmed = state.Confirmed + batch.Count,
            LastCsvLine = batch[^1].Line,
            RejectBytes = rejects.Flush(),
        };
        stateFile.Save(State);
        progress.Report(State.Confirmed);
    }

    private ImportState Count(ImportLine line, ImportOutcome outcome, ImportState state)
    {
        switch (outcome)
        {
            case ImportOutcome.Accepted:
                return state with { Accepted = state.Accepted + 1 };
            case ImportOutcome.Duplicate:
                return state with { Duplicate = state.Duplicate + 1 };
            case ImportOutcome.Rejected rejected:
                foreach (var row in line.Rows)
                    rejects.Add(row, new RowFault(rejected.Code, rejected.Reason));
                return state with { RejectedLines = state.RejectedLines + 1 };
            default:
                throw new InvalidOperationException($"An unknown outcome: {outcome}.");
        }
    }
}
