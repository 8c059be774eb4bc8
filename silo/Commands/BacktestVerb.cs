using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MallVip.Silo.Backtest;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands;

internal static class BacktestVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var (rules, data) = (SharedOptions.Rules(), SharedOptions.Data());
        var (from, to) = (new Option<string?>("--from"), new Option<string?>("--to"));
        var (sample, cpu) = (Share("--sample"), Share("--cpu"));
        var against = new Option<string>("--against") { DefaultValueFactory = _ => "recorded" };
        against.AcceptOnlyFromAmong("recorded", "published");
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var output = new Option<string?>("--out");
        var verb = new Command("backtest") { rules, data, from, to, sample, cpu, against, format, output };
        verb.SetAction((parsed, cancellation) => BacktestCommand.RunAsync(
            new(parsed.GetValue(rules)!, SharedOptions.Journal(parsed, data))
            {
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                Sample = parsed.GetValue(sample),
                Cpu = parsed.GetValue(cpu),
                AgainstRecorded = parsed.GetValue(against) == "recorded",
                Format = parsed.GetValue(format)!,
                Out = parsed.GetValue(output),
            },
            console, cancellation));
        return verb;
    }

    private static Option<double> Share(string name) => new(name)
    {
        CustomParser = result => Share(result, name),
        DefaultValueFactory = _ => 1,
    };

    /// <summary>A percentage above 0 and up to 100, with or without its sign.</summary>
    private static double Share(ArgumentResult result, string name)
    {
        var text = result.Tokens[0].Value;
        var number = text.EndsWith('%') ? text[..^1] : text;
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var percent) && percent is > 0 and <= 100)
            return percent / 100;
        result.AddError(ConsoleText.Current.Format("backtest.bad-share", name, text));
        return 1;
    }
}
