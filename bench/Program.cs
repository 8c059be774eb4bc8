using MallVip.Bench;
using MallVip.Silo;
using MallVip.Silo.Hosting.Journals;

var output = new SystemConsoleOutput().Out;
output.WriteLine(BenchMachine.Describe(args));
switch (args)
{
    case ["runtime", .. var rest]:
        return await RuntimeBench.RunAsync(rest);
    case ["postgres"] when JournalSettings.Load().ConnectionString is { } connection:
        await PostgresBench.RunAsync(connection, output);
        return 0;
    case ["postgres", "accruals", .. var rest] when JournalSettings.Load().ConnectionString is { } connection:
        await PostgresAccruals.RunAsync(connection, rest is [var seconds] ? int.Parse(seconds) : 10, output);
        return 0;
    case ["postgres", "archive", .. var rest] when JournalSettings.Load().ConnectionString is { } connection:
        await ArchiveBench.RunAsync(connection, rest is [var rows] ? int.Parse(rows) : 5_000_000, output);
        return 0;
    case ["journal", var directory]:
        await JournalBench.RunAsync(directory, output);
        return 0;
    case ["engine", .. var rest]:
        await EngineBench.RunAsync(output, rest);
        return 0;
    case ["http", "overload", .. var rest]:
        return await HttpOverload.RunAsync(output, rest);
    case ["http", .. var rest]:
        await HttpBench.RunAsync(output, rest);
        return 0;
    case ["memory", .. var rest]:
        await MemoryBench.RunAsync(output, rest);
        return 0;
    case ["due", .. var rest]:
        await DueBench.RunAsync(output, rest);
        return 0;
    case ["backtest", .. var rest]:
        await BacktestBench.RunAsync(output, rest);
        return 0;
    case ["stock", .. var rest]:
        await StockBench.RunAsync(output, rest);
        return 0;
    case ["publish", .. var rest]:
        await PublishBench.RunAsync(output, rest);
        return 0;
    case ["rules"]:
        RulesBench.Run(output);
        return 0;
    case ["matchers"]:
        MatchersBench.Run(output);
        return 0;
    default:
        output.WriteLine("usage: mallvip-bench runtime | journal DIR | postgres | "
            + "postgres accruals [SECONDS] | postgres archive [ROWS] "
            + "(these with MallVip__Journal__ConnectionString) | "
            + "engine [CALLERS] [SECONDS] | http [SECONDS] | http overload [SECONDS] | memory [MEMBERS] | "
            + "due [MEMBERS] | backtest [MEMBERS] [EVENTS] | stock [CLAIMS] | "
            + "publish [PUBLISHES] [CALLERS] [PER-SECOND] | rules | matchers");
        return 2;
}
