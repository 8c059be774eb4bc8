using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Lists;

/// <summary>A list as an operator reads it in a console.</summary>
internal static class BatchPrinter
{
    public static void Write(BatchViewBody list, BatchOptions options, IConsoleOutput console)
    {
        if (options.Silo.Json)
        {
            console.Out.WriteLine(JsonSerializer.Serialize(list, ApiJson.Readable.BatchViewBody));
            return;
        }

        Write(list.Wrong, console);
        Write(list.Refused, console);
        Write(list.Kept, console);
        foreach (var sum in list.Wallets)
            console.Out.WriteLine(Text("batch.wallet", sum.Wallet, $"{sum.In}", $"{sum.Out}"));
        console.Out.WriteLine(options.DryRun
            ? Text("batch.dry-run", $"{list.Rows}", $"{list.Wrong.Count}")
            : $"{list.Id}  {Progress(list)}");
    }

    /// <summary>How far it is, in one line.</summary>
    public static string Progress(BatchViewBody list)
    {
        var line = Text(
            $"batch.{list.Status}", $"{list.Done}", $"{list.Good}", $"{list.Undone}", $"{list.Wrong.Count}",
            $"{list.Refused.Count}");
        return list.Rate is { } rate
            ? line + Text("batch.pace", FormattableString.Invariant($"{rate}"), $"{list.SecondsLeft}")
            : line;
    }

    private static void Write(BatchFaultsBody faults, IConsoleOutput console)
    {
        foreach (var row in faults.Lines)
            console.Error.WriteLine(Text("batch.row", $"{row.Line}", row.Code, row.Detail));
        if (faults.Count > faults.Lines.Length)
            console.Error.WriteLine(Text("batch.more", $"{faults.Count - faults.Lines.Length}"));
    }

    private static string Text(string key, params object[] parts) => ConsoleText.Current.Format(key, parts);
}
