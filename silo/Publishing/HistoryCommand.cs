using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.Silo.Publishing;

/// <summary>The verbs that look at a running silo's programme, and bring an old version back.</summary>
public static class HistoryCommand
{
    /// <summary>Prints the newest publishes.</summary>
    /// <param name="limit">How many, 1 to 500.</param>
    public static Task<int> ShowAsync(
        SiloAddress silo, int limit, IConsoleOutput console, CancellationToken cancellation) =>
        SiloCall.RunAsync(silo, console, async client =>
        {
            var page = await client.GetHistoryAsync(limit: limit, cancellation: cancellation);
            if (silo.Json)
                ProgrammePrinter.Write(page, ApiJson.Readable.HistoryBody, console.Out);
            else
                foreach (var made in page.Publications)
                    await console.Out.WriteLineAsync(ProgrammePrinter.Line(made));
            return PublishExit.Done;
        });

    /// <summary>Prints what differs between two versions: by rule, then line by line.</summary>
    public static Task<int> DiffAsync(
        SiloAddress silo, string? from, string? to, IConsoleOutput console, CancellationToken cancellation) =>
        SiloCall.RunAsync(silo, console, async client =>
        {
            var diff = await client.GetDiffAsync(from, to, cancellation);
            if (silo.Json)
            {
                ProgrammePrinter.Write(diff, ApiJson.Readable.DiffBody, console.Out);
                return PublishExit.Done;
            }

            ProgrammePrinter.Write(diff.Changes, console.Out);
            foreach (var file in diff.Files)
                await console.Out.WriteAsync(file.Diff);
            return PublishExit.Done;
        });

    /// <summary>Brings an earlier version back.</summary>
    /// <param name="to">The version; null: the one that was in force before.</param>
    public static Task<int> RollbackAsync(
        SiloAddress silo, string? to, string? note, IConsoleOutput console, CancellationToken cancellation) =>
        SiloCall.RunAsync(silo, console, async client =>
        {
            var (version, expected) = to is null
                ? await BeforeAsync(client, cancellation)
                : (to, null);
            var answer = await client.RollbackAsync(
                new(version, note, Expected: expected), $"{Guid.NewGuid()}", cancellation);
            PublishCommand.Write(answer, silo.Json, console);
            return PublishExit.Done;
        });

    /// <summary>What was in force before the version in force, and what is newest.</summary>
    private static async Task<(string Version, string? Newest)> BeforeAsync(
        MallVipClient client, CancellationToken cancellation)
    {
        var state = await client.GetProgrammeAsync(cancellation: cancellation);
        string? cursor = null;
        do
        {
            var page = await client.GetHistoryAsync(cursor, 500, cancellation);
            foreach (var made in page.Publications)
                if (made.State == "past" && made.Version != state.Version)
                    return (made.Version, state.Newest);
            cursor = page.Next;
        }
        while (cursor is not null);

        return (state.Version, state.Newest);
    }
}
