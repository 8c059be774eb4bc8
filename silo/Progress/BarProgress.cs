using Spectre.Console;

namespace MallVip.Silo.Progress;

/// <summary>A bar per stage on a terminal.</summary>
internal sealed class BarProgress : IProgressBoard
{
    private readonly ProgressContext _context;
    private ProgressTask? _task;

    private BarProgress(ProgressContext context) => _context = context;

    /// <summary>Shows bars while <paramref name="work"/> runs.</summary>
    public static Task<T> RunAsync<T>(IConsoleOutput console, Func<IProgressBoard, Task<T>> work)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console.Error) };
        var terminal = AnsiConsole.Create(settings);
        return terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(context => work(new BarProgress(context)));
    }

    public void Begin(string stage, long total)
    {
        Finish();
        _task = _context.AddTask(Markup.Escape(stage), maxValue: Math.Max(1, total));
    }

    public void Report(long done)
    {
        if (_task is not null)
            _task.Value = done;
    }

    private void Finish()
    {
        if (_task is not null)
            _task.Value = _task.MaxValue;
    }
}
