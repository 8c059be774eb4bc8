using System.Security.Cryptography;
using System.Text;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Silo.Publishing;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Lists;

/// <summary>
/// The verb <c>mallvip batch</c>: hands a list of actions on members to a silo that runs, has it carried out
/// and looks on. The same file with the same reason is the same list, however often it is handed in.
/// </summary>
public static class BatchCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>0: done as asked; 1: the silo was not reached or refused, or the file cannot be read; 2: rows
    /// are wrong, and nothing was done; 3: done, but members refused rows.</summary>
    public static Task<int> RunAsync(
        BatchOptions options, IConsoleOutput console, TimeProvider time, CancellationToken cancellation) =>
        SiloCall.RunAsync(options.Silo, console, async client =>
        {
            if (await HandInAsync(options, client, console, cancellation) is not { } list)
                return Exit.Refused;
            if (options.Approve && !options.DryRun && list.Status == "waiting")
                list = list.Wrong.Count == 0 || options.SkipWrong
                    ? await client.ApproveBatchAsync(list.Id, new(null, options.SkipWrong), cancellation)
                    : list;
            if (options.Watch && !options.DryRun && !IsHeldUp(options, list))
                list = await WatchAsync(list, client, console, time, cancellation);
            BatchPrinter.Write(list, options, console);
            return IsHeldUp(options, list) ? Exit.Wrong : list.Refused.Count > 0 ? Exit.Partly : Exit.Done;
        });

    /// <summary>Null: what is to be handed in cannot be, and the console says why.</summary>
    private static async Task<BatchViewBody?> HandInAsync(
        BatchOptions options, MallVipClient client, IConsoleOutput console, CancellationToken cancellation)
    {
        if (options.Id is { } id)
            return await client.GetBatchAsync(id, cancellation);
        if (options.File is not { } file || string.IsNullOrWhiteSpace(options.Reason))
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("batch.needs-file"));
            return null;
        }

        try
        {
            var csv = await File.ReadAllBytesAsync(file, cancellation);
            return await client.HandInBatchAsync(
                csv, options.Reason, KeyOf(csv, options.Reason), options.DryRun, cancellation);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or FileNotFoundException
            or DirectoryNotFoundException)
        {
            await console.Error.WriteLineAsync(
                ConsoleText.Current.Format("batch.unreadable", file, failure.Message));
            return null;
        }
    }

    /// <summary>Rows are wrong and nobody said that they may be left out: it is not begun.</summary>
    private static bool IsHeldUp(BatchOptions options, BatchViewBody list) =>
        list.Wrong.Count > 0 && !options.SkipWrong && list.Status == "waiting";

    private static string KeyOf(byte[] csv, string reason) =>
        "batch-" + Convert.ToHexStringLower(
            SHA256.HashData([.. Encoding.UTF8.GetBytes($"{reason}\n"), .. csv]).AsSpan(0, 16));

    private static async Task<BatchViewBody> WatchAsync(
        BatchViewBody list, MallVipClient client, IConsoleOutput console, TimeProvider time,
        CancellationToken cancellation)
    {
        var said = "";
        while (list.Status is "waiting" or "running" or "undoing")
        {
            if (BatchPrinter.Progress(list) is var line && line != said)
                await console.Error.WriteLineAsync(said = line);
            await Task.Delay(Pause, time, cancellation);
            list = await client.GetBatchAsync(list.Id, cancellation);
        }

        return list;
    }

    private static class Exit
    {
        public const int Done = 0;
        public const int Refused = 1;
        public const int Wrong = 2;
        public const int Partly = 3;
    }
}
