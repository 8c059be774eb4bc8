using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MallVip.Grains.Reports;
using MallVip.Silo.Report;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands;

internal static class ReportVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var name = new Argument<string>("name");
        name.AcceptOnlyFromAmong([.. ReportCatalog.Names]);
        var (from, to) = (new Option<DateOnly?>("--from"), new Option<DateOnly?>("--to"));
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json");
        var cost = new Option<ImmutableSortedDictionary<string, decimal>>("--cost")
        {
            CustomParser = Costs,
            DefaultValueFactory = _ => ImmutableSortedDictionary<string, decimal>.Empty,
            Arity = ArgumentArity.OneOrMore,
        };
        var (store, till) = (new Option<string?>("--store"), new Option<string?>("--till"));
        var (data, output) = (SharedOptions.Data(), new Option<string?>("--out"));
        var verb = new Command("report") { name, data, from, to, format, cost, store, till, output };
        verb.SetAction((parsed, cancellation) => ReportCommand.RunAsync(
            new(SharedOptions.Journal(parsed, data),
                new()
                {
                    Name = parsed.GetValue(name)!,
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    Costs = parsed.GetValue(cost)!,
                    Store = parsed.GetValue(store),
                },
                parsed.GetValue(till), parsed.GetValue(format) == "csv", parsed.GetValue(output)),
            console, cancellation));
        return verb;
    }

    private static ImmutableSortedDictionary<string, decimal> Costs(ArgumentResult result)
    {
        var costs = ImmutableSortedDictionary<string, decimal>.Empty.WithComparers(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
            if (token.Value.Split('=') is [{ Length: > 0 } wallet, var text]
                && decimal.TryParse(
                    text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost))
                costs = costs.SetItem(wallet, cost);
            else
                result.AddError(ConsoleText.Current.Format("report.bad-cost", token.Value));
        return costs;
    }
}
