namespace MallVip.Silo.Progress;

/// <summary>Shows how far a long command is.</summary>
internal interface IProgressBoard
{
    /// <summary>A new stage begins; the one before it has ended.</summary>
    void Begin(string stage, long total);

    /// <summary>How much of the stage's total is done.</summary>
    void Report(long done);
}
