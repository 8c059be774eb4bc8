using System.CommandLine;
using MallVip.Silo.Why;

namespace MallVip.Silo.Commands;

internal static class WhyVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var (member, entry) = (new Argument<string>("member"), new Argument<long>("entry"));
        var line = new Option<int?>("--line");
        var to = new Option<Uri?>("--to") { CustomParser = ImportVerb.Silo };
        var key = new Option<string?>("--key");
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var verb = new Command("why") { member, entry, line, data, to, key, json };
        verb.SetAction((parsed, cancellation) => WhyCommand.RunAsync(
            new(parsed.GetValue(member)!, parsed.GetValue(entry), parsed.GetValue(line))
            {
                Journal = SharedOptions.Journal(parsed, data),
                Silo = parsed.GetValue(to),
                Key = parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(ImportVerb.KeyVariable),
                Json = parsed.GetValue(json),
            },
            console, cancellation));
        return verb;
    }
}
