namespace MallVip.Bench;

/// <summary>Another way to do the same accrual, measured in turns with the engine.</summary>
internal interface IRival : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Events a second of so many callers.</summary>
    Task<double> MeasureAsync(int callers, int seconds);
}
