using System.CommandLine;
using MallVip.Silo.Hosting.Clusters;
using MallVip.Silo.Hosting.Features;
using MallVip.Silo.Serve;

namespace MallVip.Silo.Commands;

/// <summary>The default verb.</summary>
internal static class ServeVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var verb = new Command("serve");
        AddTo(verb, console);
        return verb;
    }

    public static void AddTo(Command verb, IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var data = SharedOptions.Data();
        var urls = new Option<string>("--urls")
        {
            DefaultValueFactory = _ => "http://127.0.0.1:5100",
        };
        verb.Add(rules);
        verb.Add(data);
        var apiOnly = new Option<bool>("--api-only");
        verb.Add(urls);
        verb.Add(apiOnly);
        verb.SetAction((parsed, cancellation) =>
        {
            var journal = SharedOptions.Journal(parsed, data);
            var isClient = parsed.GetValue(apiOnly);
            var options = new ServeOptions(parsed.GetValue(rules)!, journal, parsed.GetValue(urls)!)
            {
                Cluster = ClusterChoice.Of(ClusterSettings.Load(), journal, isClient),
                Features = StackFeatures.Load(isClient),
            };
            return ServeCommand.RunAsync(options, console, cancellation);
        });
    }
}
