using System.Collections.Immutable;

namespace MallVip.Grains.Batches;

/// <summary>The ids of all lists, so that they can be found. One grain, of the key <see
/// cref="Key"/>.</summary>
public interface IBatchBookGrain : IGrainWithStringKey
{
    const string Key = "batches";

    /// <summary>Notes a list, once; durable when it answers.</summary>
    Task Note(string batch);

    /// <summary>The newest first, at most <see cref="BatchBookGrain.Most"/>.</summary>
    Task<ImmutableArray<string>> Read();
}
